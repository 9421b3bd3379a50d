package dev.penstock.dataflow.format;

import dev.penstock.dataflow.format.DebeziumOptions.Policy;
import dev.penstock.spi.data.Operation;
import java.util.List;

/**
 * Reads change events of Debezium in JSON, each with its schema or without one, into the columns of its table.
 *
 * <p>What Debezium says besides changes (heartbeats, the bounds of transactions, changes of schemas, messages that were
 * written into the log) becomes no row.
 */
final class EventReader {
    private static final List<String> NAMES =
            List.of("before", "after", "source", "transaction", "op", "ts_ms", "status", "id", "ddl", "tableChanges");
    private static final int BEFORE = 0;
    private static final int AFTER = 1;
    private static final int SOURCE = 2;
    private static final int TRANSACTION = 3;
    private static final int OPERATION = 4;
    private static final int TIME = 5;
    private static final int STATUS = 6;
    private static final int ID = 7;
    /** What events about the bounds of transactions have. */
    private static final int BOUND = (1 << STATUS) | (1 << ID);
    /** What only events about schemas have. */
    private static final int SCHEMA_CHANGE = (1 << 8) | (1 << 9);

    private final EventColumns columns;
    private final DebeziumOptions options;
    private final JsonScanner in = new JsonScanner();
    private final FieldNames names = new FieldNames(NAMES);
    private final Message<RowReaders> values;
    private final Message<RowReaders> keys;
    private final ObjectReader source;
    private final ObjectReader transaction;
    private final boolean wantsReadTime;
    private final boolean wantsSource;
    private Event event = new Event();

    EventReader(EventColumns columns, DebeziumOptions options, MessageForm form) {
        this.columns = columns;
        this.options = options;
        this.values =
                new Message<>(new MessageSchemas<>(form, type -> RowReaders.of(columns, options, type.field("after"))));
        this.keys = new Message<>(new MessageSchemas<>(form, type -> RowReaders.of(columns, options, type)));
        this.source = columns.sourceReader();
        this.transaction = columns.transactionReader();
        this.wantsReadTime = columns.wants(DebeziumMetadata.READ_TIME);
        this.wantsSource = columns.wants(DebeziumMetadata.SOURCE);
    }

    /** What was found of an event. */
    private static final class Event {
        private int seen;
        private int before = -1;
        private boolean after;
        private char operation;
    }

    /** A range of bytes. */
    record Range(byte[] data, int from, int to) {}

    /**
     * Reads the event in {@code value}, with the key of its message, which is empty if there is none.
     *
     * @throws ValueException if it cannot be read; the columns may then have parts of it
     */
    void read(Range value, Range key) {
        in.start(value.data(), value.from(), value.to());
        RowReaders readers = values.begin(in);
        if (in.peek() == 'n' && in.acceptNull()) {
            values.end(in);
            tombstone(key);
            return;
        }
        if (in.peek() != '{') {
            throw in.unexpected("a change event, which is an object");
        }
        envelope(readers);
        values.end(in);
        finish(readers, key);
    }

    /** What a message without a value becomes, which says that its key is gone. */
    void tombstone(Range key) {
        if (options.policies().tombstones() == Policy.DELETE) {
            readKey(key, "a tombstone");
            columns.endRow(Operation.DELETE);
        }
    }

    private void readKey(Range key, String event) {
        if (key.from() == key.to()) {
            throw new ValueException(event + " needs the key of its message: set key-column");
        }
        in.start(key.data(), key.from(), key.to());
        try {
            RowReaders readers = keys.begin(in);
            if (in.peek() != '{') {
                throw in.unexpected("an object");
            }
            readers.deleted().read(in);
            keys.end(in);
        } catch (ValueException e) {
            throw new ValueException("key: " + e.reason());
        }
    }

    private void envelope(RowReaders readers) {
        event = new Event();
        in.expect('{');
        if (in.accept('}')) {
            return;
        }
        int previous = -1;
        do {
            int field = names.read(in, previous);
            in.expect(':');
            if (field < 0) {
                in.skipValue();
                continue;
            }
            if ((event.seen & (1 << field)) != 0) {
                throw new ValueException("field '" + NAMES.get(field) + "' found twice");
            }
            event.seen |= 1 << field;
            field(field, readers);
            previous = field;
        } while (in.accept(','));
        in.expect('}');
    }

    private void field(int field, RowReaders readers) {
        int next = in.peek();
        if (field == OPERATION && next == '"') {
            in.readString();
            event.operation = in.stringTo() - in.stringFrom() == 1 ? (char) in.stringBytes()[in.stringFrom()] : '?';
        } else if (field == TIME && wantsReadTime && next != 'n') {
            columns.readTime(in.readWholeNumber());
        } else if (next == '{') {
            object(field, readers);
        } else {
            in.skipValue();
        }
    }

    private void object(int field, RowReaders readers) {
        if (field == AFTER) {
            readers.after().read(in);
            event.after = true;
        } else if (field == SOURCE) {
            source();
        } else if (field == TRANSACTION) {
            transaction.read(in);
        } else {
            event.before = field == BEFORE ? in.position() : event.before;
            in.skipValue();
        }
    }

    private void source() {
        int start = in.position();
        source.read(in);
        if (wantsSource) {
            columns.sourceText(in.text(), start, in.position());
        }
    }

    private void finish(RowReaders readers, Range key) {
        switch (event.operation) {
            case 'c' -> present(readers, Operation.INSERT);
            case 'u' -> present(readers, Operation.UPDATE);
            case 'r' -> present(readers, Operation.READ);
            case 'd' -> deleted(readers, key);
            case 't' -> truncate();
            case 'm' -> columns.cancelRow();
            case 0 -> aside();
            default -> throw new ValueException("operation '" + event.operation + "' is unknown");
        }
    }

    private void present(RowReaders readers, Operation operation) {
        if (!event.after) {
            throw new ValueException(
                    "operation '" + event.operation + "' has no row: field 'after' is missing or null");
        }
        before(readers);
        columns.endRow(operation);
    }

    private void before(RowReaders readers) {
        if (event.before >= 0) {
            columns.beginBefore();
            in.moveTo(event.before);
            try {
                readers.before().read(in);
            } catch (ValueException e) {
                throw new ValueException("before: " + e.reason());
            }
        }
    }

    private void deleted(RowReaders readers, Range key) {
        columns.cancelTable();
        if (event.before >= 0) {
            before(readers);
            in.moveTo(event.before);
            readers.deleted().read(in);
        } else {
            readKey(key, "a delete without field 'before'");
        }
        columns.endRow(Operation.DELETE);
    }

    private void truncate() {
        if (options.policies().truncates() == Policy.REJECT) {
            throw new ValueException("the table was truncated, which no row can say; set truncates to ignore it");
        }
        columns.cancelRow();
    }

    /** An event without an operation is about something else, or none of Debezium's. */
    private void aside() {
        boolean heartbeat = event.seen == (1 << TIME);
        boolean bound = (event.seen & BOUND) == BOUND;
        boolean schema = (event.seen & SCHEMA_CHANGE) != 0;
        if (!heartbeat && !bound && !schema) {
            throw new ValueException("not a change event of Debezium: field 'op' is missing");
        }
        columns.cancelRow();
    }
}
