package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.QuerySettings.NullOrder;
import dev.penstock.connector.postgres.QuerySettings.WhenReplaced;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until no transaction can add rows before a place any more: until all have ended that were open when nobody
 * could begin one that does.
 *
 * @param partition for whom
 * @param buffer ends the wait when it is closed
 */
record QuerySettling(String partition, QuerySettings settings, QuerySessions sessions, QueryBuffer buffer) {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresQueryConnector.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final Duration UNTIL_SAID = Duration.ofSeconds(30);

    /** Returns when all rows before {@code until} that there will be can be seen. */
    void await(Connection connection, QueryStatements statements, QueryEdge until)
            throws SQLException, InterruptedException {
        requireVisible(connection, settings, statements.shape());
        if (new QueryHorizon(settings).isOpen(statements.shape().order())) {
            sessions.beginWaiting(this);
            try {
                awaitTime(connection, statements, until);
                awaitTransactions(connection, statements.shape());
            } finally {
                sessions.endWaiting(this);
            }
        }
        requireOrder(connection, statements);
    }

    private void awaitTime(Connection connection, QueryStatements statements, QueryEdge until)
            throws SQLException, InterruptedException {
        QueryHorizon horizon = new QueryHorizon(settings);
        Duration pause = FIRST_PAUSE;
        while (!horizon.isPast(connection, statements, until)) {
            pause = rest(pause);
        }
    }

    private void awaitTransactions(Connection connection, QueryShape shape) throws SQLException, InterruptedException {
        OpenTransactions open = settings.policies().open() == QuerySettings.OpenTransactions.WRITERS
                ? OpenTransactions.ofTable(shape.table().relation().id())
                : OpenTransactions.ofDatabase(sessions.processes());
        open.find(connection);
        long begin = System.nanoTime();
        boolean said = false;
        Duration pause = FIRST_PAUSE;
        while (open.areLeft(connection)) {
            if (!said && System.nanoTime() - begin > UNTIL_SAID.toNanos()) {
                LOG.warn(
                        "Partition '{}' of {} waits for transactions that have been open for more than {} s: {}",
                        partition,
                        settings.what().shown(),
                        UNTIL_SAID.toSeconds(),
                        open.shown());
                said = true;
            }
            pause = rest(pause);
        }
    }

    private Duration rest(Duration pause) throws InterruptedException {
        buffer.pause(pause);
        return pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    /** Requires that it can be known when all rows before a place can be seen, if that is to be known. */
    static void requireVisible(Connection connection, QuerySettings settings, QueryShape shape) throws SQLException {
        if (settings.policies().open() != QuerySettings.OpenTransactions.IGNORE) {
            requireWrittenHere(shape);
            if (new QueryHorizon(settings).isOpen(shape.order())) {
                requireListed(connection, settings, shape);
            }
        }
    }

    /** Of other rows not even the least transaction id that is open here says anything. */
    private static void requireWrittenHere(QueryShape shape) {
        if (shape.isForeign()) {
            throw unknown(
                    "the table is foreign, and transactions that are open there are not known here",
                    "read from the server that has it, or set it to ignore, and what is committed late is missed");
        }
        if (shape.isMaterialized()) {
            throw unknown(
                    "the view is materialized, and rows that are older than others come when it is refreshed",
                    "read the tables it is made of, or set it to ignore, and what comes late is missed");
        }
    }

    private static void requireListed(Connection connection, QuerySettings settings, QueryShape shape)
            throws SQLException {
        if (QueryHorizon.row(connection, "SELECT pg_catalog.pg_is_in_recovery()")
                .equals(List.of("t"))) {
            throw unknown(
                    "this is a standby, which does not know the transactions that are open",
                    "read from the primary, or set it to ignore, and what is committed late is missed");
        }
        if (settings.policies().open() == QuerySettings.OpenTransactions.WRITERS && !shape.showsWriters()) {
            throw unknown("the locks on a view, or on a parent of tables, do not say who changes its rows", "use all");
        }
    }

    private static ConfigException unknown(String reason, String remedy) {
        return new ConfigException(QueryKeys.OPEN_TRANSACTIONS.name(), Problem.Code.UNSUPPORTED, reason, remedy);
    }

    /** Rows without a place would never be read. */
    private void requireOrder(Connection connection, QueryStatements statements) throws SQLException {
        Optional<String> outside =
                settings.policies().nulls() == NullOrder.ERROR ? statements.outside() : Optional.empty();
        if (outside.isPresent()
                && QueryHorizon.row(connection, outside.get()).get(0).equals("t")) {
            throw new ConfigException(
                    QueryKeys.NULL_ORDER.name(),
                    Problem.Code.INCOMPATIBLE,
                    "some rows of " + settings.what().shown() + " have null in "
                            + statements.shape().order().nullable() + ", and no place in the order",
                    "fill them, make the columns NOT NULL, leave these rows out by where, or set it to ignore");
        }
    }

    /** Requires that {@code state} of {@code partition} is of what there is now. */
    static void requireSame(String partition, QuerySettings settings, QueryState state, QueryShape shape) {
        if (!state.of().order().equals(shape.order().names())) {
            throw new ConfigException(
                    QueryKeys.CURSOR.name(),
                    Problem.Code.INCOMPATIBLE,
                    "the state of the pipeline is a place in the order "
                            + state.of().order() + ", not " + shape.order().names(),
                    "set cursor and key to what they were, or begin with a new state");
        }
        boolean isOther = state.of().relation() != shape.table().relation().id();
        if (isOther && settings.policies().replaced() == WhenReplaced.ERROR) {
            throw new ResumeLostException(
                    partition,
                    state.at().shown(),
                    settings.what().shown() + " is another one, which was made since",
                    "begin with a new state, or set when-replaced to continue if it has the rows of the other one");
        }
    }
}
