package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.Format;
import dev.penstock.dataflow.format.RecordEncoder;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts one column of records in the place of all columns. */
final class EncodeTransform implements BuiltIn {
    private final Config config;
    private final Format format;
    private final Optional<String> operationColumn;

    EncodeTransform(Config config) {
        this.config = config;
        this.format = config.get(EncodeConnector.FORMAT);
        this.operationColumn = config.find(EncodeConnector.OPERATION_COLUMN);
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
        if (format == Format.TEXT) {
            checkText(input, problems);
        }
        input.fields().forEach(field -> checkKeys(field.name(), field.type(), problems));
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new ConfigException(problems);
        }
        return new Schema(List.of(field(input)));
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

    private record Bound(Schema input, Schema output, RecordEncoder encoder) {}

    private Optional<Bound> bound = Optional.empty();

    @Override
    public TransformResult apply(RecordBatch input) {
        Bound now = bound.filter(known -> known.input.equals(input.schema()))
                .orElseGet(() -> new Bound(input.schema(), output(input.schema()), encoder()));
        bound = Optional.of(now);
        RecordEncoder.Encoded encoded = now.encoder.encode(withOperations(input));
        return Rejections.result(input, encoded.rejected(), now.output, List.of(encoded.records()));
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
