package dev.penstock.connector.postgres;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects changes of several tables as events, in their order. Not thread safe. */
final class EventRows implements ChangeBatch {
    private final String partition;
    private final EventForm form;
    private final List<Change> changes = new ArrayList<>();
    private final List<BadRow> bad = new ArrayList<>(0);
    private long bytes;

    EventRows(String partition, EventForm form) {
        this.partition = partition;
        this.form = form;
    }

    /**
     * A change, whose values are with those of its table.
     *
     * @param row which row of its table it is
     * @param old which of the rows before; -1 if that is not known
     */
    record Change(EventTable table, Operation operation, int row, int old, ChangeTransaction transaction) {}

    EventForm form() {
        return form;
    }

    @Override
    public int count() {
        return changes.size() + bad.size();
    }

    /** What the rows take so far, roughly. */
    long bytes() {
        return bytes;
    }

    void add(Change change, long roughBytes) {
        changes.add(change);
        bytes += roughBytes;
    }

    void addBad(ReplicationMessage message, ChangeTransaction transaction, String cause) {
        bad.add(transaction.bad(partition, message, cause));
        bytes += Math.min(message.length(), BadRow.MAX_BYTES);
    }

    @Override
    public Poll.Rows build(ResumeState after) {
        int count = changes.size();
        BatchBuilder events = new BatchBuilder(form.schema(), Math.max(1, count));
        long[] lsns = new long[count];
        long[] times = new long[count];
        Map<EventTable, EventForm.Writer> writers = new HashMap<>();
        for (int index = 0; index < count; index++) {
            Change change = changes.get(index);
            writers.computeIfAbsent(change.table(), EventTable::finish)
                    .write(change.operation(), change.row(), change.old(), events);
            form.append(change.transaction(), events);
            events.endRow(change.operation());
            lsns[index] = change.transaction().lsn();
            times[index] = change.transaction().time();
        }
        List<BadRow> found = List.copyOf(bad);
        changes.clear();
        bad.clear();
        bytes = 0;
        return new Poll.Rows(
                events.build()
                        .withEventTimes(times)
                        .withOrigin(new ChangeOrigin(partition, Arrays.copyOf(lsns, count))),
                after,
                found);
    }
}
