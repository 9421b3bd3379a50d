package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.Format;
import dev.penstock.dataflow.format.RecordDecoder;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.TypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts decoded columns in the place of the record; the other columns stay. */
final class DecodeTransform implements BuiltIn {
    private final Config config;
    private @Nullable Bound bound;

    DecodeTransform(Config config) {
        this.config = config;
    }

    /** What holds for batches of one schema. */
    private record Bound(Schema input, Schema output, int record, int[] others, RecordDecoder decoder) {}

    @Override
    public Schema output(Schema input) {
        List<Problem> problems = new ArrayList<>(CsvSettings.check(config));
        if (!Payload.isIn(input)) {
            problems.add(Problem.error(
                    "",
                    Problem.Code.INCOMPATIBLE,
                    "needs rows with a column '" + Payload.COLUMN + "' of bytes, found " + input,
                    "remove the format, or decode only once"));
        }
        List<Field> decoded = fields(problems);
        for (Field field : decoded) {
            if (input.find(field.name()).isPresent() && !field.name().equals(Payload.COLUMN)) {
                problems.add(Problem.error(
                        "columns." + field.name(),
                        Problem.Code.CONFLICT,
                        "is already a column beside the record",
                        "rename or drop that one first"));
            }
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new ConfigException(problems);
        }
        return replaced(input, decoded);
    }

    private static Schema replaced(Schema input, List<Field> decoded) {
        List<Field> fields = new ArrayList<>();
        for (Field field : input.fields()) {
            if (field.name().equals(Payload.COLUMN)) {
                fields.addAll(decoded);
            } else {
                fields.add(field);
            }
        }
        List<String> names = fields.stream().map(Field::name).toList();
        return new Schema(fields, names.containsAll(input.key()) ? input.key() : List.of());
    }

    private List<Field> fields(List<Problem> problems) {
        Optional<Map<String, String>> columns = config.find(DecodeConnector.COLUMNS);
        boolean text = config.get(DecodeConnector.FORMAT) == Format.TEXT;
        if (columns.isEmpty() && text) {
            return List.of(Field.required("text", DataType.STRING));
        }
        if (columns.isEmpty() || columns.get().isEmpty()) {
            problems.add(Problem.error(
                    "columns",
                    Problem.Code.MISSING,
                    "is missing, and the data gave nothing to find columns in",
                    "name the columns and their types, for example {id: int64, name: string}"));
            return List.of();
        }
        List<Field> fields = new ArrayList<>();
        columns.get().forEach((name, type) -> field(name, type, problems).ifPresent(fields::add));
        if (text && (fields.size() != 1 || fields.get(0).type() != DataType.STRING)) {
            problems.add(Problem.error(
                    "columns", Problem.Code.INVALID, "format text gives one column of strings", "leave it out"));
        }
        return fields;
    }

    private static Optional<Field> field(String name, String written, List<Problem> problems) {
        boolean required = written.endsWith("!");
        try {
            DataType type = TypeParser.parse(required ? written.substring(0, written.length() - 1) : written);
            return Optional.of(required ? Field.required(name, type) : Field.of(name, type));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.error("columns." + name, Problem.Code.INVALID, String.valueOf(e.getMessage()), ""));
            return Optional.empty();
        }
    }

    @Override
    public TransformResult apply(RecordBatch input) {
        Bound now = bind(input.schema());
        BytesColumn records = (BytesColumn) input.column(now.record);
        RecordDecoder.Decoded decoded = now.decoder.decode(input, records);
        int[] rows = decoded.inputRows();
        boolean same = rows.length == input.rowCount() && decoded.rejected().isEmpty() && isIdentity(rows);
        RecordBatch others = input.project(now.others);
        RecordBatch kept = same ? others : others.take(rows, rows.length);
        RecordBatch output = kept.withColumns(now.output, columns(now, kept.columns(), decoded.columns()));
        return new TransformResult(output, same ? Optional.empty() : Optional.of(rows), decoded.rejected());
    }

    private static boolean isIdentity(int[] rows) {
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] != row) {
                return false;
            }
        }
        return true;
    }

    private static List<Column> columns(Bound now, List<Column> kept, List<Column> decoded) {
        List<Column> columns = new ArrayList<>(kept);
        columns.addAll(now.record, decoded);
        return columns;
    }

    private Bound bind(Schema input) {
        Bound current = bound;
        if (current == null || !current.input.equals(input)) {
            Schema output = output(input);
            int record = input.indexOf(Payload.COLUMN);
            int[] others = IntStream.range(0, input.size())
                    .filter(column -> column != record)
                    .toArray();
            current = new Bound(
                    input,
                    output,
                    record,
                    others,
                    RecordDecoder.of(DecodeConnector.options(config), fields(new ArrayList<>())));
            bound = current;
        }
        return current;
    }
}
