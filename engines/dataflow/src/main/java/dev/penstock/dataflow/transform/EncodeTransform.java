package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.Format;
import dev.penstock.dataflow.format.RecordEncoder;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Puts one column of records in the place of all columns but those that stay beside it. */
final class EncodeTransform implements BuiltIn {
    private final Config config;
    private final Format format;
    private final Optional<String> operationColumn;
    private final List<String> kept;
    private final Set<String> without;

    EncodeTransform(Config config) {
        this.config = config;
        this.format = config.get(EncodeConnector.FORMAT);
        this.operationColumn = config.find(EncodeConnector.OPERATION_COLUMN);
        this.kept = config.get(EncodeConnector.KEEP).stream().distinct().toList();
        this.without = Set.copyOf(config.get(EncodeConnector.WITHOUT));
    }

    @Override
    public Schema output(Schema input) {
        List<Problem> problems = new ArrayList<>(CsvSettings.check(config));
        operationColumn
                .filter(name -> input.find(name).isPresent())
                .ifPresent(name -> problems.add(Problem.error(
                        EncodeConnector.OPERATION_COLUMN.name(),
                        Problem.Code.CONFLICT,
                        "'" + name + "' is a column already",
                        "choose another name")));
        checkColumns(EncodeConnector.KEEP, kept, input, problems);
        checkColumns(EncodeConnector.WITHOUT, without, input, problems);
        Schema written = written(input);
        if (format == Format.TEXT) {
            checkText(written, problems);
        }
        written.fields().forEach(field -> checkKeys(field.name(), field.type(), problems));
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new ConfigException(problems);
        }
        List<Field> fields = new ArrayList<>();
        kept.forEach(name -> fields.add(input.field(name)));
        fields.add(field(written));
        return new Schema(fields);
    }

    private static void checkColumns(
            ConfigKey<?> setting, Collection<String> names, Schema input, List<Problem> problems) {
        names.stream()
                .filter(name -> input.find(name).isEmpty())
                .forEach(name -> problems.add(Problem.error(
                        setting.name(),
                        Problem.Code.NOT_FOUND,
                        "column '" + name + "' is not there: " + input,
                        NearestName.hint(name, input.names()))));
        if (setting.equals(EncodeConnector.KEEP) && names.contains(Payload.COLUMN)) {
            problems.add(Problem.error(
                    setting.name(),
                    Problem.Code.CONFLICT,
                    "'" + Payload.COLUMN + "' is what the record itself is called",
                    "rename the column"));
        }
    }

    /** The columns that go into the record. */
    private Schema written(Schema input) {
        return input.project(writtenColumns(input));
    }

    private int[] writtenColumns(Schema input) {
        return IntStream.range(0, input.size())
                .filter(column -> !without.contains(input.field(column).name()))
                .toArray();
    }

    private Field field(Schema input) {
        if (format != Format.CSV || !config.get(CsvSettings.HEADER)) {
            return Payload.FIELD;
        }
        List<String> names = new ArrayList<>(input.names());
        operationColumn.ifPresent(name -> names.add(0, name));
        return Payload.FIELD.with(Payload.HEADER, encoder().header(names));
    }

    private void checkText(Schema input, List<Problem> problems) {
        if (input.size() != 1 || input.field(0).type() != DataType.STRING || operationColumn.isPresent()) {
            problems.add(Problem.error(
                    EncodeConnector.FORMAT.name(),
                    Problem.Code.INCOMPATIBLE,
                    "text holds one column of strings, found " + input,
                    "use ndjson or csv, or keep one column"));
        }
    }

    /** Keys of JSON objects are strings, so keys of maps must have a text of their own. */
    private static void checkKeys(String column, DataType type, List<Problem> problems) {
        if (type instanceof DataType.MapOf map) {
            if (!(map.key() instanceof DataType.Scalar)) {
                problems.add(Problem.error(
                        "",
                        Problem.Code.INCOMPATIBLE,
                        "column '" + column + "' is a map whose keys are "
                                + map.key().text(),
                        "drop it, or use keys that are strings or numbers"));
            }
            checkKeys(column, map.value(), problems);
        } else if (type instanceof DataType.ListOf list) {
            checkKeys(column, list.element(), problems);
        } else if (type instanceof DataType.Struct struct) {
            struct.fields().forEach(field -> checkKeys(column + "." + field.name(), field.type(), problems));
        }
    }

    private RecordEncoder encoder() {
        return new RecordEncoder(format, CsvSettings.bind(config));
    }

    private record Bound(Schema input, Schema output, int[] written, RecordEncoder encoder) {}

    private Optional<Bound> bound = Optional.empty();

    @Override
    public TransformResult apply(RecordBatch input) {
        Bound now = bound.filter(known -> known.input.equals(input.schema()))
                .orElseGet(() ->
                        new Bound(input.schema(), output(input.schema()), writtenColumns(input.schema()), encoder()));
        bound = Optional.of(now);
        RecordBatch written = without.isEmpty() ? input : input.project(now.written);
        RecordEncoder.Encoded encoded = now.encoder.encode(withOperations(written));
        return Rejections.result(input, encoded.rejected(), now.output, columns(input, encoded));
    }

    /** The columns that stay, of the rows that could be written, and the records. */
    private List<Column> columns(RecordBatch input, RecordEncoder.Encoded encoded) {
        List<Column> columns = new ArrayList<>();
        if (!kept.isEmpty()) {
            int[] rows =
                    encoded.rejected().isEmpty() ? new int[0] : Rejections.kept(input.rowCount(), encoded.rejected());
            for (String name : kept) {
                Column column = input.column(name);
                columns.add(encoded.rejected().isEmpty() ? column : column.take(rows, rows.length));
            }
        }
        columns.add(encoded.records());
        return columns;
    }

    private RecordBatch withOperations(RecordBatch input) {
        if (operationColumn.isEmpty()) {
            return input;
        }
        BytesColumnBuilder operations =
                (BytesColumnBuilder) ColumnBuilder.of(DataType.STRING, Math.max(1, input.rowCount()));
        for (int row = 0; row < input.rowCount(); row++) {
            operations.append(input.operation(row).name().toLowerCase(Locale.ROOT));
        }
        List<Field> fields = new ArrayList<>(input.schema().fields());
        List<Column> columns = new ArrayList<>(input.columns());
        fields.add(0, Field.required(operationColumn.get(), DataType.STRING));
        columns.add(0, operations.build());
        return input.withColumns(new Schema(fields), columns);
    }
}
