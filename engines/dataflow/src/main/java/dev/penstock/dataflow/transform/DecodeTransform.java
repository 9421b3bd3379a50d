package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts decoded columns in the place of the column they were in; the other columns stay. */
final class DecodeTransform implements Transform {
    private final Decoding decoding;
    private final ReadColumn read;
    private @Nullable Bound bound;

    DecodeTransform(Decoding decoding, ReadColumn read) {
        this.decoding = decoding;
        this.read = read;
    }

    /** What holds for batches of one schema. */
    private record Bound(Schema input, Schema output, Schema decoded, int record, int[] others) {
        /** Whether a column must have a value. */
        boolean isRequired() {
            return decoded.fields().stream().anyMatch(field -> !field.nullable());
        }
    }

    @Override
    public void open(ConnectorContext context) {
        decoding.open(context);
    }

    @Override
    public Schema output(Schema input) {
        List<Problem> problems = new ArrayList<>();
        read.check(input, problems);
        List<Field> decoded = read.named(decoding.fields(problems));
        for (Field field : decoded) {
            if (input.find(field.name()).isPresent() && !field.name().equals(read.name())) {
                problems.add(Problem.error(
                        "columns." + field.name(),
                        Problem.Code.CONFLICT,
                        "is already a column beside the record",
                        read.isRecord() ? "rename or drop that one first" : "give a prefix, or drop that one first"));
            }
        }
        decoding.check(input, problems);
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new ConfigException(problems);
        }
        return replaced(input, decoded);
    }

    @Override
    public boolean takesUnchanged(String column) {
        return !column.equals(read.name());
    }

    private Schema replaced(Schema input, List<Field> decoded) {
        List<Field> fields = new ArrayList<>();
        for (Field field : input.fields()) {
            if (field.name().equals(read.name())) {
                fields.addAll(decoded);
            } else {
                fields.add(field);
            }
        }
        List<String> names = fields.stream().map(Field::name).toList();
        return new Schema(fields, names.containsAll(input.key()) ? input.key() : List.of());
    }

    @Override
    public TransformResult apply(RecordBatch input) {
        Bound now = bind(input.schema());
        Decoding.Decoded decoded = decode(input, now);
        int[] rows = decoded.inputRows();
        boolean same = rows.length == input.rowCount() && decoded.rejected().isEmpty() && isIdentity(rows);
        RecordBatch others = input.project(now.others);
        RecordBatch kept = same ? others : others.take(rows, rows.length);
        RecordBatch output = kept.withColumns(now.output, columns(now, kept.columns(), decoded.columns()));
        if (read.isRecord()) {
            output = decoded.changes().map(new Changes(output)::from).orElse(output);
        }
        return new TransformResult(output, same ? Optional.empty() : Optional.of(rows), decoded.rejected());
    }

    private Decoding.Decoded decode(RecordBatch input, Bound now) {
        BytesColumn records = (BytesColumn) input.column(now.record);
        Decoding.Decoded decoded = decoding.decode(read.asRecords(input, records, now.isRequired()), records);
        return read.isRecord() ? decoded : new OneRecord(read.name(), now.decoded).of(decoded, input.rowCount());
    }

    /** Rows whose format knows what has happened to them. */
    private record Changes(RecordBatch rows) {
        RecordBatch from(RecordBatch decoded) {
            byte[] codes = new byte[decoded.rowCount()];
            for (int row = 0; row < codes.length; row++) {
                codes[row] = decoded.operation(row).code();
            }
            RecordBatch changed = rows.withOperations(codes);
            changed = decoded.eventTimes().map(changed::withEventTimes).orElse(changed);
            return decoded.before().map(changed::withBefore).orElse(changed);
        }
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
            int record = input.indexOf(read.name());
            int[] others = IntStream.range(0, input.size())
                    .filter(column -> column != record)
                    .toArray();
            Schema decoded = new Schema(read.named(decoding.fields(new ArrayList<>())), List.of());
            current = new Bound(input, output, decoded, record, others);
            bound = current;
        }
        return current;
    }

    @Override
    public void close() {
        decoding.close();
    }
}
