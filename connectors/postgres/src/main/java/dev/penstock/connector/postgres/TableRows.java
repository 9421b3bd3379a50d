package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.connector.postgres.ChangeSettings.Metadata;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects changes of one table as rows with its columns. Not thread safe. */
final class TableRows implements ChangeRows, ChangeBatch {
    private static final int FIXED_BYTES = 32;
    private static final int COLUMN_BYTES = 10;

    private final String partition;
    private final ChangedTable table;
    private final List<Metadata> metadata;
    private final BatchBuilder rows;
    private final ValueColumns values;
    private final List<BadRow> bad = new ArrayList<>(0);
    private @Nullable BatchBuilder before;
    private @Nullable ValueColumns valuesBefore;
    private boolean anyBefore;
    private long[] lsns = new long[64];
    private long[] times = new long[64];
    private long bytes;

    TableRows(String partition, ChangedTable table, List<Metadata> metadata) {
        this.partition = partition;
        this.table = table;
        this.metadata = metadata;
        this.rows = new BatchBuilder(table.schema());
        this.values = new ValueColumns(table, rows);
    }

    @Override
    public ChangedTable table() {
        return table;
    }

    @Override
    public ChangeBatch batch() {
        return this;
    }

    @Override
    public int count() {
        return rows.rowCount() + bad.size();
    }

    @Override
    public boolean hasRoom(Limit limit, int messageBytes) {
        return count() == 0 || (count() < limit.rows() && bytes + bytesOf(messageBytes) <= limit.bytes());
    }

    /** What a row takes at most, as a column is hardly larger than the message it comes from. */
    private long bytesOf(int messageBytes) {
        int columns = table.schema().size() * (anyBefore || table.relation().knowsBefore() ? 2 : 1);
        return FIXED_BYTES + (long) COLUMN_BYTES * columns + messageBytes;
    }

    @Override
    public void add(Operation operation, ReplicationTuple row, ReplicationTuple old, ChangeTransaction transaction) {
        int index = rows.rowCount();
        try {
            values.append(row);
            if (old.size() > 0 && table.relation().knowsBefore()) {
                beginBefore().append(old);
            } else if (valuesBefore != null && anyBefore) {
                valuesBefore.appendNulls();
            }
        } catch (ValueException e) {
            rows.cancelRow();
            if (before != null) {
                before.truncate(index);
            }
            throw e;
        }
        end(operation, transaction, row.bytesOfValues());
    }

    private void end(Operation operation, ChangeTransaction transaction, int length) {
        int index = rows.rowCount();
        for (int column = 0; column < metadata.size(); column++) {
            ColumnBuilder builder = rows.column(table.width() + column);
            ((LongColumnBuilder) builder).append(transaction.value(metadata.get(column)));
        }
        if (before != null && anyBefore) {
            before.endRow();
        }
        if (index == lsns.length) {
            lsns = Arrays.copyOf(lsns, 2 * index);
            times = Arrays.copyOf(times, 2 * index);
        }
        lsns[index] = transaction.lsn();
        times[index] = transaction.time();
        rows.endRow(operation);
        bytes += bytesOf(length);
    }

    private ValueColumns beginBefore() {
        BatchBuilder builder = before;
        ValueColumns columns = valuesBefore;
        if (builder == null || columns == null) {
            List<Field> fields = table.schema().fields().stream()
                    .limit(table.width())
                    .map(field -> new Field(field.name(), field.type(), true, field.metadata()))
                    .toList();
            builder = new BatchBuilder(new Schema(fields));
            columns = new ValueColumns(table, builder);
            before = builder;
            valuesBefore = columns;
        }
        if (!anyBefore) {
            anyBefore = true;
            for (int row = 0; row < rows.rowCount(); row++) {
                columns.appendNulls();
                builder.endRow();
            }
        }
        return columns;
    }

    @Override
    public void addBad(ReplicationMessage message, ChangeTransaction transaction, String cause) {
        bad.add(transaction.bad(partition, message, cause));
        bytes += FIXED_BYTES;
    }

    @Override
    public Poll.Rows build(ResumeState after) {
        int count = rows.rowCount();
        RecordBatch batch = rows.build()
                .withEventTimes(Arrays.copyOf(times, count))
                .withOrigin(new ChangeOrigin(partition, Arrays.copyOf(lsns, count)));
        BatchBuilder builder = before;
        if (builder != null && anyBefore) {
            batch = batch.withBefore(builder.build());
        }
        anyBefore = false;
        bytes = 0;
        List<BadRow> found = List.copyOf(bad);
        bad.clear();
        return new Poll.Rows(batch, after, found);
    }
}
