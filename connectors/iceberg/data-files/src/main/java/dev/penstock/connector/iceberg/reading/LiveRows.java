package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The rows of a data file that are not deleted. Places are those in the file, deleted rows counted.
 *
 * <p><b>Order of calls:</b> {@code (skipTo | read)* close}.
 */
public final class LiveRows implements AutoCloseable {
    private final ParquetRows rows;
    private final BitSet deleted;
    private final List<EqualityFilter> filters;
    private final Schema schema;

    /** Some of the columns that are read, and the values of theirs that rows are deleted by. */
    private record EqualityFilter(int[] columns, DeletedKeys.Keys keys) {
        void clear(RecordBatch batch, boolean[] keep) {
            List<Column> key = IntStream.of(columns).mapToObj(batch::column).toList();
            keys.clear(key, keep);
        }
    }

    /** The rows of a file that are deleted, by their places and by their values. */
    record Deletes(BitSet places, List<DeletedKeys.Keys> keys) {}

    /** @param columns those of {@code schema}, and behind them what is read for the sake of deletes alone */
    LiveRows(ParquetRows rows, List<NestedField> columns, Schema schema, Deletes deletes) {
        this.rows = rows;
        this.deleted = deletes.places();
        this.schema = schema;
        List<Integer> ids = columns.stream().map(NestedField::fieldId).toList();
        this.filters = deletes.keys().stream()
                .map(each -> new EqualityFilter(
                        each.ids().stream().mapToInt(ids::indexOf).toArray(), each))
                .toList();
    }

    /** How many rows the file has, deleted ones among them. */
    public long rowCount() {
        return rows.rowCount();
    }

    /** The place of the next row in the file, from 0. */
    public long position() {
        return rows.position();
    }

    /** What a row takes in the file before pages are compressed, roughly. */
    public long bytesPerRow() {
        return rows.bytesPerRow();
    }

    /** Leaves out the rows before {@code row}. */
    public void skipTo(long row) {
        rows.skipTo(row);
    }

    /**
     * What is left of the next rows, of which there are at least one and at most {@code maxRows}; the batch may have
     * none. Empty at the end.
     */
    public Optional<Live> read(int maxRows) {
        long first = rows.position();
        return rows.read(maxRows).map(batch -> live(batch, first));
    }

    /**
     * Rows and where they are.
     *
     * @param places of the rows in the file; as many as there are rows
     */
    public record Live(RecordBatch rows, long[] places) {}

    private Live live(RecordBatch batch, long first) {
        boolean[] keep = new boolean[batch.rowCount()];
        Arrays.fill(keep, true);
        if (!deleted.isEmpty()) {
            for (int row = 0; row < keep.length; row++) {
                keep[row] = !deleted.get(Math.toIntExact(first + row));
            }
        }
        filters.forEach(filter -> filter.clear(batch, keep));
        RecordBatch all = batch.withColumns(schema, batch.columns().subList(0, schema.size()));
        long[] places = IntStream.range(0, keep.length)
                .filter(row -> keep[row])
                .mapToLong(row -> first + row)
                .toArray();
        return new Live(places.length == keep.length ? all : all.filter(keep), places);
    }

    @Override
    public void close() {
        rows.close();
    }
}
