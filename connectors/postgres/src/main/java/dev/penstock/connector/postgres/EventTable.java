package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;

/** Takes the changes of one table, as it looks now, into events. Not thread safe. */
final class EventTable implements ChangeRows {
    private static final int FIXED_BYTES = 64;
    private static final int VALUE_BYTES = 12;
    /** Numbers take more room as digits than as bytes, and most texts as much. */
    private static final int GROWTH = 2;

    private final ChangedTable table;
    private final EventRows events;
    private final long emptyBytes;
    private final BatchBuilder rows;
    private final ValueColumns values;
    private final BatchBuilder before;
    private final ValueColumns valuesBefore;

    EventTable(ChangedTable table, EventRows events) {
        this.table = table;
        this.events = events;
        long names = table.schema().names().stream()
                .mapToLong(name -> name.length() + VALUE_BYTES)
                .sum();
        this.emptyBytes = FIXED_BYTES + (table.relation().knowsBefore() ? 2 : 1) * names;
        this.rows = new BatchBuilder(table.schema());
        this.values = new ValueColumns(table, rows);
        this.before = new BatchBuilder(table.schema());
        this.valuesBefore = new ValueColumns(table, before);
    }

    @Override
    public ChangedTable table() {
        return table;
    }

    @Override
    public ChangeBatch batch() {
        return events;
    }

    @Override
    public boolean hasRoom(Limit limit, int messageBytes) {
        return events.count() == 0
                || (events.count() < limit.rows() && events.bytes() + bytesOf(messageBytes) <= limit.bytes());
    }

    private long bytesOf(int messageBytes) {
        return emptyBytes + (long) GROWTH * messageBytes;
    }

    @Override
    public void add(Operation operation, ReplicationTuple row, ReplicationTuple old, ChangeTransaction transaction) {
        int index = rows.rowCount();
        int place = -1;
        boolean isKnown = operation == Operation.UPDATE
                && old.size() > 0
                && table.relation().knowsBefore();
        try {
            values.append(row);
            if (isKnown) {
                valuesBefore.append(old);
            }
        } catch (ValueException e) {
            rows.cancelRow();
            before.cancelRow();
            throw e;
        }
        rows.endRow();
        if (isKnown) {
            place = before.rowCount();
            before.endRow();
        }
        int length = row.bytesOfValues() + (isKnown ? old.bytesOfValues() : 0);
        events.add(new EventRows.Change(this, operation, index, place, transaction), bytesOf(length));
    }

    @Override
    public void addBad(ReplicationMessage message, ChangeTransaction transaction, String cause) {
        events.addBad(message, transaction, cause);
    }

    /** A writer of the rows so far; nothing is left here afterwards. */
    EventForm.Writer finish() {
        RecordBatch old = before.rowCount() > 0 ? before.build() : null;
        return events.form().writer(table, rows.build(), old);
    }
}
