package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Transform;
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
import dev.penstock.spi.format.EncodedRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Puts one column of records in the place of all columns but those that stay beside it. */
final class EncodeTransform implements Transform {
    private final Encoding encoding;
    private final Optional<String> operationColumn;
    private final List<String> kept;
    private final Set<String> without;

    EncodeTransform(Config config, Encoding encoding) {
        this.encoding = encoding;
        this.operationColumn = config.find(EncodeConnector.OPERATION_COLUMN);
        this.kept = config.get(EncodeConnector.KEEP).stream().distinct().toList();
        this.without = Set.copyOf(config.get(EncodeConnector.WITHOUT));
    }

    @Override
    public void open(ConnectorContext context) {
        encoding.open(context);
    }

    @Override
    public Schema output(Schema input) {
        List<Problem> problems = new ArrayList<>();
        operationColumn
                .filter(name -> input.find(name).isPresent())
                .ifPresent(name -> problems.add(Problem.error(
                        EncodeConnector.OPERATION_COLUMN.name(),
                        Problem.Code.CONFLICT,
                        "'" + name + "' is a column already",
                        "choose another name")));
        checkColumns(EncodeConnector.KEEP, kept, input, problems);
        checkColumns(EncodeConnector.WITHOUT, without, input, problems);
        Schema written = withOperation(input.project(writtenColumns(input)));
        if (problems.isEmpty()) {
            encoding.check(written, problems);
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new ConfigException(problems);
        }
        List<Field> fields = new ArrayList<>();
        kept.forEach(name -> fields.add(input.field(name)));
        fields.add(encoding.field(written));
        return new Schema(fields);
    }

    @Override
    public boolean takesUnchanged(String column) {
        return kept.contains(column) || without.contains(column) || encoding.takesUnchanged();
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

    /** {@code written}, the operation before it if it has a column. */
    private Schema withOperation(Schema written) {
        if (operationColumn.filter(name -> written.find(name).isEmpty()).isEmpty()) {
            return written;
        }
        List<Field> fields = new ArrayList<>(written.fields());
        fields.add(0, Field.required(operationColumn.get(), DataType.STRING));
        return new Schema(fields);
    }

    private int[] writtenColumns(Schema input) {
        return IntStream.range(0, input.size())
                .filter(column -> !without.contains(input.field(column).name()))
                .toArray();
    }

    private record Bound(Schema input, Schema output, int[] written) {}

    private Optional<Bound> bound = Optional.empty();

    @Override
    public TransformResult apply(RecordBatch input) {
        Bound now = bound.filter(known -> known.input.equals(input.schema()))
                .orElseGet(() -> new Bound(input.schema(), output(input.schema()), writtenColumns(input.schema())));
        bound = Optional.of(now);
        RecordBatch written = without.isEmpty() ? input : input.project(now.written);
        EncodedRecords encoded = encoding.encode(withOperations(written));
        // What a record says itself is no change of the record: it is new.
        RecordBatch rows = encoding.writesOperations() ? input.withOperations(new byte[input.rowCount()]) : input;
        return Rejections.result(rows, encoded.rejected(), now.output, columns(input, encoded));
    }

    /** The columns that stay, of the rows that could be written, and the records. */
    private List<Column> columns(RecordBatch input, EncodedRecords encoded) {
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
        List<Column> columns = new ArrayList<>(input.columns());
        columns.add(0, operations.build());
        return input.withColumns(withOperation(input.schema()), columns);
    }

    @Override
    public void close() {
        encoding.close();
    }
}
