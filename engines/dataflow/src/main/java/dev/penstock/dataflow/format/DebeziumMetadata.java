package dev.penstock.dataflow.format;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.Locale;

/** What change events of Debezium say besides the row, each a column that starts with {@code debezium_}. */
public enum DebeziumMetadata {
    /** When the change was made in the database. */
    SOURCE_TIME(Part.SOURCE, "ts_us"),
    /** When Debezium read the change. */
    READ_TIME(Part.ENVELOPE, "ts_ms"),
    CONNECTOR(Part.SOURCE, "connector"),
    /** The prefix of the topics. */
    NAME(Part.SOURCE, "name"),
    DATABASE(Part.SOURCE, "db"),
    SCHEMA(Part.SOURCE, "schema"),
    TABLE(Part.SOURCE, "table"),
    /** Whether and where in a snapshot, for example {@code last} or {@code false}. */
    SNAPSHOT(Part.SOURCE, "snapshot"),
    /** The place in the log of PostgreSQL. */
    LSN(Part.SOURCE, "lsn"),
    /** The number of the transaction in PostgreSQL. */
    TRANSACTION_NUMBER(Part.SOURCE, "txId"),
    /** All that is said of the place of the change, which differs from database to database. */
    SOURCE(Part.ENVELOPE, "source"),
    /** What the transaction is called where Debezium provides transaction metadata. */
    TRANSACTION(Part.TRANSACTION, "id"),
    /** The number of the event among all of its transaction, from 1. */
    TRANSACTION_ORDER(Part.TRANSACTION, "total_order"),
    /** The number of the event among those of its table in its transaction, from 1. */
    TABLE_ORDER(Part.TRANSACTION, "data_collection_order");

    /** Where in an event something stands. */
    enum Part {
        ENVELOPE,
        SOURCE,
        TRANSACTION
    }

    private final Part part;
    private final String written;

    DebeziumMetadata(Part part, String written) {
        this.part = part;
        this.written = written;
    }

    private DataType type() {
        return switch (this) {
            case SOURCE_TIME, READ_TIME -> DataType.TIMESTAMP;
            case LSN, TRANSACTION_NUMBER, TRANSACTION_ORDER, TABLE_ORDER -> DataType.INT64;
            case SOURCE -> DataType.JSON;
            case CONNECTOR, NAME, DATABASE, SCHEMA, TABLE, SNAPSHOT, TRANSACTION -> DataType.STRING;
        };
    }

    Part part() {
        return part;
    }

    /** The field as it is called in the event. */
    Field written() {
        return Field.of(written, type());
    }

    /** The column. */
    public Field column() {
        return Field.of("debezium_" + name().toLowerCase(Locale.ROOT), type());
    }
}
