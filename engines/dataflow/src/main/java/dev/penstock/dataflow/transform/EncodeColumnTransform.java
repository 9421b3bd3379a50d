package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.EncodedRecords;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes some columns into one further column of bytes, such as the key of a message; all columns stay. */
final class EncodeColumnTransform implements Transform {
    private final Encoding encoding;
    private final List<String> columns;
    private final String into;
    private @Nullable Bound bound;

    /** What holds for batches of one schema. */
    private record Bound(Schema input, Schema output, int[] written) {}

    EncodeColumnTransform(Encoding encoding, List<String> columns, String into) {
        this.encoding = encoding;
        this.columns = columns.stream().distinct().toList();
        this.into = into;
    }

    @Override
    public void open(ConnectorContext context) {
        encoding.open(context);
    }

    @Override
    public Schema output(Schema input) {
        List<Problem> problems = new ArrayList<>();
        columns.stream()
                .filter(name -> input.find(name).isEmpty())
                .forEach(name -> problems.add(Problem.error(
                        EncodeConnector.COLUMNS.name(),
                        Problem.Code.NOT_FOUND,
                        "column '" + name + "' is not there: " + input,
                        NearestName.hint(name, input.names()))));
        if (input.find(into).isPresent() || into.equals(Payload.COLUMN)) {
            problems.add(Problem.error(
                    EncodeConnector.INTO.name(),
                    Problem.Code.CONFLICT,
                    "'" + into + "' is a column already, or what records are called",
                    "choose another name"));
        }
        if (problems.isEmpty()) {
            encoding.check(input.project(indexes(input)), problems);
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new ConfigException(problems);
        }
        List<Field> fields = new ArrayList<>(input.fields());
        fields.add(Field.required(into, DataType.BYTES));
        return new Schema(fields, input.key());
    }

    private int[] indexes(Schema input) {
        return columns.stream().mapToInt(input::indexOf).toArray();
    }

    @Override
    public boolean takesUnchanged(String column) {
        return !columns.contains(column) || encoding.takesUnchanged();
    }

    @Override
    public TransformResult apply(RecordBatch input) {
        Bound now = bind(input.schema());
        // The key of a row that is deleted must be written like any other, or the row is refused.
        RecordBatch written = input.project(now.written).withOperations(new byte[input.rowCount()]);
        EncodedRecords encoded = encoding.encode(written);
        List<Column> columnsOfRows = new ArrayList<>(input.columns());
        if (!encoded.rejected().isEmpty()) {
            int[] rows = Rejections.kept(input.rowCount(), encoded.rejected());
            columnsOfRows.replaceAll(column -> column.take(rows, rows.length));
        }
        columnsOfRows.add(encoded.records());
        return Rejections.result(input, encoded.rejected(), now.output, columnsOfRows);
    }

    private Bound bind(Schema input) {
        Bound current = bound;
        if (current == null || !current.input.equals(input)) {
            current = new Bound(input, output(input), indexes(input));
            bound = current;
        }
        return current;
    }

    @Override
    public void close() {
        encoding.close();
    }
}
