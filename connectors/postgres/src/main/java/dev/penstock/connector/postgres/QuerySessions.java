package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.Metrics;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;

/**
 * The connections that one source reads with, which change nothing; and how long those wait that wait for others, as
 * the meter {@code postgres.waiting.seconds}. Safe for several threads.
 */
final class QuerySessions {
    private static final double MILLIS = 1e3;
    private static final String READ_ONLY = "25006";

    private final Connections connections;
    private final QuerySettings settings;
    private final Clock clock;
    private final Set<Integer> processes = ConcurrentHashMap.newKeySet();
    private final Map<Object, Long> waiting = new ConcurrentHashMap<>();

    QuerySessions(Connections connections, QuerySettings settings, Metrics metrics, Clock clock) {
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
        metrics.gauge("postgres.waiting.seconds", this::waitingSeconds);
    }

    /**
     * A connection that commits each statement by itself.
     *
     * @throws ConnectorException as {@link Connections#open}
     */
    Connection open() {
        Connection connection = connections.open();
        Optional<Long> timeout = settings.reading().statementTimeout().map(time -> Math.max(1, time.toMillis()));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = on; SET default_transaction_isolation ="
                    + " 'read committed'; SET statement_timeout = " + timeout.orElse(0L));
            processes.add(connection.unwrap(PGConnection.class).getBackendPID());
            return connection;
        } catch (SQLException e) {
            Connections.closeQuietly(connection);
            throw Failures.during("Cannot begin to read " + settings.what().shown(), e);
        }
    }

    /** What {@code cause} means to whoever asked {@code connection} for {@code what}. */
    ConnectorException failure(String what, Connection connection, SQLException cause) {
        if (!Failures.state(cause).equals(READ_ONLY) || !isPrimary(connection)) {
            return Failures.during(what, cause);
        }
        ConfigException writes = new ConfigException(
                settings.what().query().isPresent() ? QueryKeys.QUERY.name() : QueryKeys.TABLE.name(),
                Problem.Code.UNSUPPORTED,
                what + ": " + Failures.message(cause) + ", as it is read without changing anything",
                "read what calls no function that writes");
        writes.initCause(cause);
        return writes;
    }

    /** Whether nothing but {@link #open} has forbidden to write; a standby may become one that takes writes. */
    private static boolean isPrimary(Connection connection) {
        try {
            return "off".equals(connection.unwrap(PGConnection.class).getParameterStatus("in_hot_standby"));
        } catch (SQLException e) {
            return false;
        }
    }

    /** Closes a connection of {@link #open} that nobody else uses. */
    void close(Connection connection) {
        forget(connection);
        Connections.closeQuietly(connection);
    }

    /** Ends a connection of {@link #open} that somebody may be waiting for. */
    void abort(Connection connection) {
        forget(connection);
        Connections.abort(connection);
    }

    private void forget(Connection connection) {
        try {
            processes.remove(connection.unwrap(PGConnection.class).getBackendPID());
        } catch (SQLException e) {
            // It cannot be asked any more; a process that is gone is in nobody's way.
        }
    }

    /** The processes of the server that serve connections of this source. */
    Set<Integer> processes() {
        return Set.copyOf(processes);
    }

    /** From now on {@code who} waits for transactions of others. */
    void beginWaiting(Object who) {
        waiting.put(who, clock.millis());
    }

    void endWaiting(Object who) {
        waiting.remove(who);
    }

    private double waitingSeconds() {
        return waiting.values().stream()
                .mapToDouble(since -> (clock.millis() - since) / MILLIS)
                .max()
                .orElse(0);
    }
}
