package dev.penstock.engine.embedded.store;

import java.util.List;

/** The tables of a state file. A change of them is a new {@link #VERSION} and a step that brings older files to it. */
final class Tables {
    /** Marks a file as a state file of ours: "PNST". */
    static final int APPLICATION_ID = 0x504E5354;

    /** The version that this release writes. */
    static final int VERSION = 1;

    /**
     * One row per partition and per live key, never per epoch, so that resuming is linear in what is live. Keys are
     * clustered ({@code WITHOUT ROWID}), so that streaming them reads the file front to back.
     */
    static final List<String> CREATE = List.of(
            """
            CREATE TABLE pipeline (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                name TEXT NOT NULL,
                store TEXT NOT NULL,
                run TEXT NOT NULL,
                epoch INTEGER NOT NULL,
                sealed INTEGER NOT NULL)""",
            """
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
                renewed INTEGER NOT NULL)""",
            """
            CREATE TABLE position (
                step TEXT NOT NULL,
                partition TEXT NOT NULL,
                descriptor BLOB NOT NULL,
                bounded INTEGER NOT NULL,
                version INTEGER NOT NULL,
                state BLOB NOT NULL,
                ended INTEGER NOT NULL,
                PRIMARY KEY (step, partition)) WITHOUT ROWID""",
            """
            CREATE TABLE handle (
                sink TEXT NOT NULL,
                epoch INTEGER NOT NULL,
                run TEXT NOT NULL,
                writer INTEGER NOT NULL,
                version INTEGER NOT NULL,
                handle BLOB NOT NULL,
                row_count INTEGER NOT NULL,
                byte_count INTEGER NOT NULL,
                PRIMARY KEY (sink, epoch, run, writer)) WITHOUT ROWID""",
            """
            CREATE TABLE writer (
                sink TEXT NOT NULL,
                writer INTEGER NOT NULL,
                version INTEGER NOT NULL,
                state BLOB NOT NULL,
                PRIMARY KEY (sink, writer)) WITHOUT ROWID""",
            """
            CREATE TABLE step (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE)""",
            """
            CREATE TABLE keyed (
                step INTEGER NOT NULL,
                key BLOB NOT NULL,
                value BLOB NOT NULL,
                expires INTEGER,
                event_due INTEGER,
                clock_due INTEGER,
                PRIMARY KEY (step, key)) WITHOUT ROWID""",
            "CREATE INDEX keyed_expiry ON keyed (expires) WHERE expires IS NOT NULL",
            "CREATE INDEX keyed_event ON keyed (step, event_due) WHERE event_due IS NOT NULL",
            "CREATE INDEX keyed_clock ON keyed (step, clock_due) WHERE clock_due IS NOT NULL",
            """
            CREATE TABLE fact (
                name TEXT PRIMARY KEY,
                value TEXT NOT NULL) WITHOUT ROWID""");

    private Tables() {}
}
