package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Ends what a connection waits for, from another thread. What has ended by itself meanwhile is left alone. */
final class Cancelling {
    private @Nullable Connection running;

    /** From now on {@code connection} may be cancelled. */
    synchronized void begin(Connection connection) {
        running = connection;
    }

    /** From now on it may not; waits for a cancellation that has begun, so that it does not hit what comes next. */
    synchronized void end() {
        running = null;
    }

    synchronized void cancel() {
        Connection now = running;
        if (now == null) {
            return;
        }
        try {
            now.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            // The server cannot be reached, and then what runs will notice that itself.
        }
    }
}
