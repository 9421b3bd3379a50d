package dev.penstock.engine.embedded.store;

import java.util.List;

/** The tables of a state file. A change of them is a new {@link #VERSION} and a step that brings older files to it. */
final class Tables {
    /** Marks a file as a state file of ours: "PNST". */
    static final int APPLICATION_ID = 0x504E5354;

    /** The version that this release writes. */
    static final int VERSION = 2;

    /** The version that had a row for each key. */
    static final int ROW_FOR_EACH_KEY = 1;

    /**
     * Where keyed state lies: a row for each block of keys, see {@link KeyBlocks}, with the soonest of the times of its
     * keys. {@code last_expiry} is the latest expiry, and null if one of its keys does not expire.
     */
    static final List<String> KEYED = List.of(
            """
            CREATE TABLE keyed_block (
                number INTEGER PRIMARY KEY,
                step INTEGER NOT NULL,
                first BLOB NOT NULL,
                entries INTEGER NOT NULL,
                expires INTEGER,
                last_expiry INTEGER,
                event_due INTEGER,
                clock_due INTEGER,
                block BLOB NOT NULL,
                UNIQUE (step, first))""",
            "CREATE INDEX keyed_expiry ON keyed_block (expires) WHERE expires IS NOT NULL",
            "CREATE INDEX keyed_event ON keyed_block (step, event_due) WHERE event_due IS NOT NULL",
            "CREATE INDEX keyed_clock ON keyed_block (step, clock_due) WHERE clock_due IS NOT NULL");

    /** All others: one row per partition, step or fact, never per epoch, so that resuming is linear in what is live. */
    static final List<String> CREATE = List.of("""
            CREATE TABLE pipeline (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                name TEXT NOT NULL,
                store TEXT NOT NULL,
                run TEXT NOT NULL,
                epoch INTEGER NOT NULL,
                sealed INTEGER NOT NULL)""", """
            CREATE TABLE lease (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                generation INTEGER NOT NULL,
                host TEXT NOT NULL,
                boot TEXT NOT NULL,
                process INTEGER NOT NULL,
                started INTEGER NOT NULL,
                run TEXT NOT NULL,
                held INTEGER NOT NULL,
                beat INTEGER NOT NULL,
                renewed INTEGER NOT NULL)""", """
            CREATE TABLE position (
                step TEXT NOT NULL,
                partition TEXT NOT NULL,
                descriptor BLOB NOT NULL,
                bounded INTEGER NOT NULL,
                version INTEGER NOT NULL,
                state BLOB NOT NULL,
                ended INTEGER NOT NULL,
                PRIMARY KEY (step, partition)) WITHOUT ROWID""", """
            CREATE TABLE handle (
                sink TEXT NOT NULL,
                epoch INTEGER NOT NULL,
                run TEXT NOT NULL,
                writer INTEGER NOT NULL,
                version INTEGER NOT NULL,
                handle BLOB NOT NULL,
                row_count INTEGER NOT NULL,
                byte_count INTEGER NOT NULL,
                PRIMARY KEY (sink, epoch, run, writer)) WITHOUT ROWID""", """
            CREATE TABLE writer (
                sink TEXT NOT NULL,
                writer INTEGER NOT NULL,
                version INTEGER NOT NULL,
                state BLOB NOT NULL,
                PRIMARY KEY (sink, writer)) WITHOUT ROWID""", """
            CREATE TABLE step (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE)""", """
            CREATE TABLE fact (
                name TEXT PRIMARY KEY,
                value TEXT NOT NULL) WITHOUT ROWID""");

    private Tables() {}
}
