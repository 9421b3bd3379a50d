package dev.penstock.spi;

import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;

/**
 * A function from batches to batches without memory between them.
 *
 * <p><b>Order of calls:</b> {@code (output | open) apply* close}. {@link #output} works before {@link #open}.
 *
 * <p><b>Threads:</b> {@link #apply} is called by one thread at a time; an engine that wants several makes several
 * transforms.
 */
public interface Transform extends AutoCloseable {
    /**
     * The columns that come out if {@code input} goes in. Pure.
     *
     * @throws ConfigException if the settings do not fit the columns, with all problems
     */
    Schema output(Schema input);

    /** Loads what is needed. */
    void open(ConnectorContext context);

    /**
     * The rows that come out. Deletes pass: a row whose operation is DELETE may have nothing but its key set, and must
     * not be dropped or rejected for that.
     */
    TransformResult apply(RecordBatch input);

    /**
     * Whether rows may come in whose {@code column} is {@linkplain dev.penstock.spi.data.Validity#isUnchanged
     * unchanged}: true only of a column that is handed on as it is or left out. Other rows are rejected before they
     * come.
     */
    default boolean takesUnchanged(String column) {
        return false;
    }

    @Override
    void close();
}
