package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Truncates;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.Operation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the messages of the output plugin pgoutput, and keeps count of what was given.
 *
 * <p>A row counts as given when it was added to the rows; those of the transaction that reading goes on in, and that
 * were given before, are passed over. Not thread safe.
 */
final class ChangeDecoder {
    /** What tables are made of, and what becomes of what is not a row. */
    interface Tables {
        /** Rows of the table that {@code relation} describes now, or null if it is of no interest. */
        @Nullable ChangeRows changed(Relation relation);

        /** A transaction begins. */
        void began(ChangeTransaction transaction);

        /** A row of a changed table is as {@code row} says; of a delete that is what it was known by. */
        void changed(Operation operation, ReplicationTuple row);

        /** The rows of a changed table are gone. */
        void truncated();

        /** A message that somebody put into the log. */
        void message(String prefix, String content);
    }

    /** How much a batch may hold. */
    record Limit(int rows, long bytes) {}

    private final Tables tables;
    private final Truncates truncates;
    private final ReplicationMessage message = new ReplicationMessage();
    private final ReplicationTuple row = new ReplicationTuple();
    private final ReplicationTuple old = new ReplicationTuple();
    private final ReplicationTuple none = new ReplicationTuple();
    private ChangeRows rows;
    private int[] key = new int[0];
    private int relation;
    private ChangeTransaction transaction = ChangeTransaction.NONE;
    private boolean inside;
    private boolean halfDone;
    private long lsn;
    private long given;
    private long skip;
    private long stop = ChangePosition.NO_STOP;

    /** Goes on at {@code from}. */
    ChangeDecoder(Tables tables, ChangeRows rows, Truncates truncates, ChangePosition from) {
        this.tables = tables;
        this.rows = rows;
        this.truncates = truncates;
        this.lsn = from.lsn();
        this.skip = from.rows();
    }

    /** The end of the last whole transaction. */
    long lsn() {
        return lsn;
    }

    /** How many rows of the transaction after it were given. */
    long given() {
        return given + skip;
    }

    /** When the last transaction was committed, in microseconds since 1970; 0 before the first. */
    long time() {
        return transaction.time();
    }

    /** There is nothing more in the log before {@code position}. */
    void reached(long position) {
        if (!inside && skip == 0 && Long.compareUnsigned(position, lsn) > 0) {
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
        given = 0;
        skip = 0;
        inside = false;
        return true;
    }

    private boolean describe() {
        Relation described = Relation.read(message);
        ChangeRows changed = tables.changed(described);
        if (changed == null) {
            relation = relation == described.id() ? 0 : relation;
            return true;
        }
        if (changed != rows && rows.count() > 0) {
            return false;
        }
        rows = changed;
        relation = described.id();
        key = changed.table().keyColumns();
        return true;
    }

    /** Whether a transaction has begun and not ended. */
    boolean isInside() {
        return inside || skip > 0;
    }

    /** What rows are collected in now. */
    ChangeRows rows() {
        return rows;
    }

    private boolean said() {
        message.skip(1 + Long.BYTES);
        String prefix = message.text();
        int length = message.int32();
        tables.message(prefix, new String(message.bytes(), message.at(), length, StandardCharsets.UTF_8));
        return true;
    }

    private boolean change(char kind, Limit limit) {
        if (message.int32() != relation) {
            return true;
        }
        if (!rows.hasRoom(limit.rows(), limit.bytes(), message.length())) {
            return false;
        }
        readTuples(kind);
        if (kind == 'U' && changesKey()) {
            return changeKey(limit);
        }
        Operation operation = switch (kind) {
            case 'I' -> Operation.INSERT;
            case 'U' -> Operation.UPDATE;
            default -> Operation.DELETE;
        };
        give(operation, kind == 'D' ? old : row, old);
        return true;
    }

    private void readTuples(char kind) {
        old.clear();
        row.clear();
        byte part = message.int8();
        if (part != 'N') {
            old.read(message);
            part = kind == 'D' ? part : message.int8();
        }
        if (part == 'N') {
            row.read(message);
            if (rows.table().relation().knowsBefore()) {
                row.fillFrom(old);
            }
        }
    }

    private boolean changesKey() {
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
    private boolean changeKey(Limit limit) {
        if (!halfDone) {
            give(Operation.DELETE, old, old);
            halfDone = true;
            if (!rows.hasRoom(limit.rows(), limit.bytes(), message.length())) {
                return false;
            }
        }
        halfDone = false;
        give(Operation.INSERT, row, none);
        return true;
    }

    private void give(Operation operation, ReplicationTuple values, ReplicationTuple before) {
        tables.changed(operation, values);
        if (skip > 0) {
            skip--;
            given++;
            return;
        }
        given++;
        try {
            rows.add(operation, values, before, transaction);
        } catch (ValueException e) {
            rows.addBad(message, transaction, String.valueOf(e.getMessage()));
        }
    }

    private boolean truncate(Limit limit) {
        int count = message.int32();
        message.skip(1);
        boolean ours = false;
        for (int index = 0; index < count; index++) {
            ours |= message.int32() == relation;
        }
        if (!ours) {
            return true;
        }
        tables.truncated();
        if (truncates == Truncates.IGNORE) {
            return true;
        }
        if (!rows.hasRoom(limit.rows(), limit.bytes(), message.length())) {
            return false;
        }
        if (skip > 0) {
            skip--;
        } else {
            rows.addBad(message, transaction, "table '" + rows.table().name() + "' was truncated, which is no row");
        }
        given++;
        return true;
    }
}
