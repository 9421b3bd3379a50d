package dev.penstock.dataflow.format;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.Locale;

/** What change events of Debezium say besides the row, each a column that starts with {@code debezium_}. */
public enum DebeziumMetadata {
    /** When the change was made in the database. */
    SOURCE_TIME(Part.SOURCE, "ts_us", DataType.TIMESTAMP),
    /** When Debezium read the change. */
    READ_TIME(Part.ENVELOPE, "ts_ms", DataType.TIMESTAMP),
    CONNECTOR(Part.SOURCE, "connector", DataType.STRING),
    /** The prefix of the topics. */
    NAME(Part.SOURCE, "name", DataType.STRING),
    DATABASE(Part.SOURCE, "db", DataType.STRING),
    SCHEMA(Part.SOURCE, "schema", DataType.STRING),
    TABLE(Part.SOURCE, "table", DataType.STRING),
    /** Whether and where in a snapshot, for example {@code last} or {@code false}. */
    SNAPSHOT(Part.SOURCE, "snapshot", DataType.STRING),
    /** The place in the log of PostgreSQL. */
    LSN(Part.SOURCE, "lsn", DataType.INT64),
    /** The number of the transaction in PostgreSQL. */
    TRANSACTION_NUMBER(Part.SOURCE, "txId", DataType.INT64),
    /** All that is said of the place of the change, which differs from database to database. */
    SOURCE(Part.ENVELOPE, "source", DataType.JSON),
    /** What the transaction is called where Debezium provides transaction metadata. */
    TRANSACTION(Part.TRANSACTION, "id", DataType.STRING),
    /** The number of the event among all of its transaction, from 1. */
    TRANSACTION_ORDER(Part.TRANSACTION, "total_order", DataType.INT64),
    /** The number of the event among those of its table in its transaction, from 1. */
    TABLE_ORDER(Part.TRANSACTION, "data_collection_order", DataType.INT64);

    /** Where in an event something stands. */
    enum Part {
        ENVELOPE,
        SOURCE,
        TRANSACTION
    }

    private final Part part;
    private final String written;
    private final DataType type;

    DebeziumMetadata(Part part, String written, DataType type) {
        this.part = part;
        this.written = written;
        this.type = type;
    }

    Part part() {
        return part;
    }

    /** The field as it is called in the event. */
    Field written() {
        return Field.of(written, type);
    }

    /** The column. */
    public Field column() {
        return Field.of("debezium_" + name().toLowerCase(Locale.ROOT), type);
    }
}
