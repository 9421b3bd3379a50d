package dev.penstock.conformance.history;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.RowView;
import dev.penstock.spi.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A row that knows who it is, so that whoever finds it can tell whether it is lost, doubled, damaged or out of turn.
 *
 * @param operation what the row does
 * @param run the seed of the run that made it
 * @param partition the number of its partition, from 0
 * @param sequence its place in the partition, from 0 without gaps
 * @param key what upserts go by
 * @param text the load
 * @param checksum of everything before it, except the operation
 */
public record NumberedRow(
        Operation operation, long run, int partition, long sequence, String key, String text, long checksum) {
    /** The name of the key column. */
    public static final String KEY = "key";
    /** The columns of such rows. */
    public static final Schema SCHEMA = Schema.of(
            Field.required(KEY, DataType.STRING),
            Field.required("run", DataType.INT64),
            Field.required("partition", DataType.INT64),
            Field.required("sequence", DataType.INT64),
            Field.of("text", DataType.STRING),
            Field.of("checksum", DataType.INT64));

    public NumberedRow {
        requireNonNull(operation, "operation");
        requireNonNull(key, "key");
        requireNonNull(text, "text");
    }

    /** An insert with a key of its own. */
    public static NumberedRow insert(long run, int partition, long sequence) {
        return of(Operation.INSERT, new Place(run, partition, sequence), partition + "-" + sequence, "row " + sequence);
    }

    /** A row with the right checksum. */
    public static NumberedRow of(Operation operation, Place place, String key, String text) {
        return new NumberedRow(
                operation,
                place.run,
                place.partition,
                place.sequence,
                key,
                text,
                checksum(place.run + "/" + place.partition + "/" + place.sequence + "/" + key + "/" + text));
    }

    /** The rows {@code from} to {@code to - 1} of a partition. */
    public static List<NumberedRow> inserts(long run, int partition, long from, long to) {
        List<NumberedRow> rows = new ArrayList<>();
        for (long sequence = from; sequence < to; sequence++) {
            rows.add(insert(run, partition, sequence));
        }
        return rows;
    }

    /** Whether nothing in the row was changed. */
    public boolean intact() {
        return checksum == checksum(run + "/" + partition + "/" + sequence + "/" + key + "/" + text);
    }

    /** The rows as a batch of {@link #SCHEMA}. */
    public static RecordBatch batch(List<NumberedRow> rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (NumberedRow row : rows) {
            builder.append(Row.of(SCHEMA, row.key, row.run, (long) row.partition, row.sequence, row.text, row.checksum)
                    .with(row.operation));
        }
        return builder.build();
    }

    /** The rows of a batch that has the columns of {@link #SCHEMA} among its own. */
    public static List<NumberedRow> listOf(RecordBatch batch) {
        int[] columns =
                SCHEMA.names().stream().mapToInt(batch.schema()::indexOf).toArray();
        List<NumberedRow> rows = new ArrayList<>();
        RowView view = batch.rows();
        while (view.next()) {
            rows.add(new NumberedRow(
                    view.operation(),
                    view.longValue(columns[1]),
                    Math.toIntExact(view.longValue(columns[2])),
                    view.longValue(columns[3]),
                    view.string(columns[0]),
                    view.isNull(columns[4]) ? "" : view.string(columns[4]),
                    view.isNull(columns[5]) ? 0 : view.longValue(columns[5])));
        }
        return rows;
    }

    private static long checksum(String content) {
        CRC32C sum = new CRC32C();
        sum.update(content.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    @Override
    public String toString() {
        return operation + " run " + run + " partition " + partition + " sequence " + sequence + " key '" + key + "'";
    }

    /**
     * Where a row stands.
     *
     * @param run the seed of the run
     * @param partition from 0
     * @param sequence from 0
     */
    public record Place(long run, int partition, long sequence) {}
}
