package dev.penstock.embeddings;

import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Collects the rows that the documents of a batch become. */
final class ChunkRows {
    private final RecordBatch batch;
    private final BatchBuilder builder;
    private final List<Column> keyColumns;
    private final int[] keyIndexes;
    private final Optional<FormerKeys> former;
    private final int text;
    private final int id;
    private final boolean[] isKey;
    private int[] inputRows;

    ChunkRows(ChunkSettings settings, Schema output, RecordBatch batch) {
        this.batch = batch;
        this.builder = new BatchBuilder(output);
        List<String> key = ChunkSchema.key(settings, batch.schema());
        this.keyColumns = key.stream().map(batch::column).toList();
        this.keyIndexes = key.stream().mapToInt(batch.schema()::indexOf).toArray();
        this.former = FormerKeys.of(batch, key);
        this.text = batch.schema().indexOf(settings.field());
        this.id = output.indexOf(ChunkSchema.ID);
        this.isKey = new boolean[batch.schema().size()];
        Arrays.stream(keyIndexes).forEach(column -> isKey[column] = true);
        this.inputRows = new int[Math.max(16, batch.rowCount())];
    }

    /** Adds the delete of the document in {@code row}; if it had another key before, of what has that one too. */
    void delete(int row) {
        if (former.isPresent() && former.get().differs(keyColumns, row)) {
            delete(row, former.get().columns());
        }
        delete(row, keyColumns);
    }

    private void delete(int row, List<Column> key) {
        for (int column = 0; column < isKey.length; column++) {
            if (!isKey[column]) {
                builder.column(column).appendNull();
            }
        }
        for (int index = 0; index < keyIndexes.length; index++) {
            builder.column(keyIndexes[index]).appendAll(key.get(index), row, row + 1);
        }
        for (int column = id; column < id + 3; column++) {
            builder.column(column).appendNull();
        }
        end(row, Operation.DELETE);
    }

    /** Adds the chunks of the document in {@code row}. */
    void insert(int row, List<Chunk> chunks) {
        ChunkIds ids = new ChunkIds(keyColumns, row);
        int index = 0;
        for (Chunk chunk : chunks) {
            for (int column = 0; column < isKey.length; column++) {
                if (column == text) {
                    append(column, chunk.text());
                } else {
                    copy(column, row);
                }
            }
            append(id, ids.next(chunk.text()));
            ((IntColumnBuilder) builder.column(id + 1)).append(index++);
            append(id + 2, chunk.heading());
            end(row, Operation.INSERT);
        }
    }

    private void copy(int column, int row) {
        builder.column(column).appendAll(batch.column(column), row, row + 1);
    }

    private void append(int column, String value) {
        ((BytesColumnBuilder) builder.column(column)).append(value);
    }

    private void end(int row, Operation operation) {
        int count = builder.rowCount();
        inputRows = count < inputRows.length ? inputRows : Arrays.copyOf(inputRows, count * 2);
        inputRows[count] = row;
        builder.endRow(operation);
    }

    TransformResult result() {
        int count = builder.rowCount();
        int[] rows = Arrays.copyOf(inputRows, count);
        RecordBatch chunks = builder.build().withOrigin(batch.origin().take(rows, count));
        return TransformResult.of(batch.eventTimes().isEmpty() ? chunks : chunks.withEventTimes(times(rows)), rows);
    }

    private long[] times(int[] rows) {
        return Arrays.stream(rows).mapToLong(batch::eventTime).toArray();
    }
}
