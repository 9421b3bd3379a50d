package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Operation;
import org.jspecify.annotations.Nullable;

/** The tables that a stream of changes speaks of, and what becomes of what is not a row. Not thread safe. */
interface StreamedTables {
    /** Whether {@code relation} looks as when the stream spoke of it last, or is of no interest. */
    boolean knows(Relation relation);

    /** Where the rows of the table go that {@code relation} describes now, or null if it is of no interest. */
    @Nullable ChangeRows changed(Relation relation);

    /** A transaction begins. */
    void began(ChangeTransaction transaction);

    /** A row of {@code table} is as {@code row} says; of a delete that is what it was known by. */
    void changed(ChangedTable table, Operation operation, ReplicationTuple row);

    /** Whether changes of the table that the stream calls {@code id} are given, and counted. */
    boolean follows(int id);

    /** Whether a row of {@code table} was given otherwise, or will be, and must not be given for its change. */
    boolean isCovered(ChangedTable table, ChangeTransaction transaction);

    /** The rows of {@code table} are gone. */
    void truncated(ChangedTable table);

    /** A message that somebody put into the log. */
    void message(String prefix, String content);
}
