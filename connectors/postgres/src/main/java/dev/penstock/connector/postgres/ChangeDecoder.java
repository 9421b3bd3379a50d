package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Truncates;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.Operation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the messages of the output plugin pgoutput, and keeps count of what was given.
 *
 * <p>A row counts as given when it was added to the rows; those of the transaction that reading goes on in, and that
 * were given before, are passed over. Not thread safe.
 */
final class ChangeDecoder {
    /** How much a batch may hold. */
    record Limit(int rows, long bytes) {}

    private final StreamedTables tables;
    private final Truncates truncates;
    private final ReplicationMessage message = new ReplicationMessage();
    private final ReplicationTuple row = new ReplicationTuple();
    private final ReplicationTuple old = new ReplicationTuple();
    private final ReplicationTuple none = new ReplicationTuple();
    private final Map<Integer, Target> targets = new HashMap<>();
    private final RowsGiven given;
    private ChangeBatch batch;
    private ChangeTransaction transaction = ChangeTransaction.NONE;
    private boolean inside;
    /** How much of the message that comes again was done: the old row of a key, or tables of a truncation. */
    private int done;

    private long lsn;
    private long stop = ChangePosition.NO_STOP;

    /** A table whose rows are of interest. */
    private record Target(ChangeRows rows, int[] key) {}

    /** Begins at {@code start}; {@code batch} is what is given as long as nothing has come. */
    ChangeDecoder(StreamedTables tables, ChangeBatch batch, Truncates truncates, ChangeStart start) {
        this.tables = tables;
        this.batch = batch;
        this.truncates = truncates;
        this.lsn = start.position().lsn();
        this.given = new RowsGiven(start);
    }

    /** The end of the last whole transaction. */
    long lsn() {
        return lsn;
    }

    /** The rows of the transaction after it that were given. */
    RowsGiven given() {
        return given;
    }

    /** When the last transaction was committed, in microseconds since 1970; 0 before the first. */
    long time() {
        return transaction.time();
    }

    /** There is nothing more in the log before {@code position}. */
    void reached(long position) {
        if (!inside && !given.isSkipping() && Long.compareUnsigned(position, lsn) > 0) {
            lsn = position;
        }
    }

    /** Takes no transaction that was committed at {@code position} or later. */
    void stopAt(long position) {
        stop = position;
    }

    /** Takes the next message; false if there is no room for its rows, which then comes again. */
    boolean decode(ByteBuffer next, Limit limit) {
        message.wrap(next);
        char kind = (char) message.int8();
        return switch (kind) {
            case 'I', 'U', 'D' -> change(kind, limit);
            case 'B' -> begin();
            case 'C' -> commit();
            case 'R' -> describe();
            case 'T' -> truncate(limit);
            case 'M' -> said();
            case 'Y', 'O' -> true;
            default ->
                throw new FatalException("Cannot read the replication stream: it has a message of kind '" + kind
                        + "', which this release does not know; use a newer one");
        };
    }

    private boolean begin() {
        ChangeTransaction next = ChangeTransaction.begin(message);
        if (stop != ChangePosition.NO_STOP && Long.compareUnsigned(next.lsn(), stop) >= 0) {
            reached(stop);
            return false;
        }
        transaction = next;
        inside = true;
        tables.began(next);
        return true;
    }

    private boolean commit() {
        message.skip(1 + Long.BYTES);
        lsn = message.int64();
        given.ended();
        inside = false;
        return true;
    }

    private boolean describe() {
        Relation described = Relation.read(message);
        if (batch.count() > 0 && !tables.knows(described)) {
            return false; // what came before is given before it is found out that reading cannot go on
        }
        ChangeRows changed = tables.changed(described);
        if (changed == null) {
            targets.remove(described.id());
            return true;
        }
        if (changed.batch() != batch && batch.count() > 0) {
            return false;
        }
        batch = changed.batch();
        targets.put(described.id(), new Target(changed, changed.table().keyColumns()));
        return true;
    }

    /** Whether a transaction has begun and not ended. */
    boolean isInside() {
        return inside || given.isSkipping();
    }

    /** What rows are collected in now. */
    ChangeBatch batch() {
        return batch;
    }

    private boolean said() {
        message.skip(1 + Long.BYTES);
        String prefix = message.text();
        int length = message.int32();
        tables.message(prefix, new String(message.bytes(), message.at(), length, StandardCharsets.UTF_8));
        return true;
    }

    private boolean change(char kind, Limit limit) {
        int id = message.int32();
        if (!counts(id)) {
            return true;
        }
        Target target = targets.get(id);
        if (target == null) {
            passOver(kind, id);
            return true;
        }
        if (!target.rows().hasRoom(limit, message.length())) {
            return false;
        }
        readTuples(kind, target.rows().table());
        if (kind == 'U' && changesKey(target.key())) {
            return changeKey(target.rows(), limit);
        }
        Operation operation = switch (kind) {
            case 'I' -> Operation.INSERT;
            case 'U' -> Operation.UPDATE;
            default -> Operation.DELETE;
        };
        give(target.rows(), operation, kind == 'D' ? old : row, old);
        return true;
    }

    /** Rows to pass over are those of the tables that were followed when they were counted. */
    private boolean counts(int id) {
        return given.isSkipping() ? given.counted(id) : targets.containsKey(id) && tables.follows(id);
    }

    /** Takes a row that was counted, and is not wanted any more; a key before says that it was another one. */
    private void passOver(char kind, int id) {
        given.isKnown();
        if (kind == 'U' && message.int8() == 'K' && counts(id)) {
            given.isKnown();
        }
    }

    private void readTuples(char kind, ChangedTable table) {
        old.clear();
        row.clear();
        byte part = message.int8();
        if (part != 'N') {
            old.read(message);
            part = kind == 'D' ? part : message.int8();
        }
        if (part == 'N') {
            row.read(message);
            if (table.relation().knowsBefore()) {
                row.fillFrom(old);
            }
        }
    }

    private boolean changesKey(int[] key) {
        if (old.size() == 0) {
            return false;
        }
        for (int column : key) {
            if (!row.keeps(column, old)) {
                return true;
            }
        }
        return false;
    }

    /** A row that changes its key is another one for whoever goes by keys: the old one is deleted. */
    private boolean changeKey(ChangeRows rows, Limit limit) {
        if (done == 0) {
            give(rows, Operation.DELETE, old, old);
            done = 1;
            if (!rows.hasRoom(limit, message.length())) {
                return false;
            }
        }
        done = 0;
        give(rows, Operation.INSERT, row, none);
        return true;
    }

    private void give(ChangeRows rows, Operation operation, ReplicationTuple values, ReplicationTuple before) {
        tables.changed(rows.table(), operation, values);
        if (given.isKnown() || tables.isCovered(rows.table(), transaction)) {
            return;
        }
        try {
            rows.add(operation, values, before, transaction);
        } catch (ValueException e) {
            rows.addBad(message, transaction, String.valueOf(e.getMessage()));
        }
    }

    private boolean truncate(Limit limit) {
        int count = message.int32();
        message.skip(1);
        for (int index = 0; index < count; index++) {
            int id = message.int32();
            if (index >= done && counts(id)) {
                if (!truncate(targets.get(id), limit)) {
                    return false;
                }
                done = index + 1;
            }
        }
        done = 0;
        return true;
    }

    private boolean truncate(@Nullable Target target, Limit limit) {
        boolean isRow = truncates == Truncates.REJECT;
        if (isRow && target != null && !target.rows().hasRoom(limit, message.length())) {
            return false;
        }
        if (target != null) {
            tables.truncated(target.rows().table());
        }
        if (isRow && !given.isKnown() && target != null) {
            String cause = "table '" + target.rows().table().name() + "' was truncated, which is no row";
            target.rows().addBad(message, transaction, cause);
        }
        return true;
    }
}
