package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.QueryState.Subject;

/**
 * What a query looks like now.
 *
 * @param table the columns of rows; of a query, those of its result
 * @param order of rows
 * @param kind {@code relkind} of the table; {@link #QUERY} of a query
 * @param hasChildren whether tables inherit from it
 * @param rows about how many there are; not more than 0 if nobody knows
 */
record QueryShape(ChangedTable table, QueryOrder order, char kind, boolean hasChildren, double rows) {
    static final char QUERY = 'q';
    private static final char TABLE = 'r';
    private static final char PARTITIONED = 'p';
    private static final char FOREIGN = 'f';
    private static final char MATERIALIZED = 'm';

    /** What positions in it are of. */
    Subject subject() {
        return new Subject(table.relation().id(), order.names());
    }

    /** Whether the locks on it, and on its partitions, say who changes its rows. */
    boolean showsWriters() {
        return kind == PARTITIONED || (kind == TABLE && !hasChildren);
    }

    /** Whether unique indexes say what tells its rows apart. */
    boolean showsUnique() {
        return showsWriters() || kind == MATERIALIZED;
    }

    /** Whether rows come all together when it is refreshed, whenever they were written. */
    boolean isMaterialized() {
        return kind == MATERIALIZED;
    }

    /** Whether rows are changed by transactions that this server does not see. */
    boolean isForeign() {
        return kind == FOREIGN;
    }
}
