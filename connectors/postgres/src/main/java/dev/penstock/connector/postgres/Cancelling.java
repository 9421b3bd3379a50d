package dev.penstock.connector.postgres;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Ends, from another thread, what somebody waits for: by interrupting who opens a connection, and by closing one that
 * is open, since a server that is silent hears of no cancellation. What has ended by itself meanwhile is left alone.
 */
final class Cancelling {
    private @Nullable Thread waiting;
    private @Nullable Connection running;
    private boolean interrupted;

    /** From now on the calling thread may be interrupted. */
    synchronized void begin() {
        waiting = Thread.currentThread();
    }

    /** From now on {@code connection} may be closed instead. */
    synchronized void use(Connection connection) {
        running = connection;
    }

    /** From now on neither may. An interrupt that came from here is taken back. */
    synchronized void end() {
        waiting = null;
        running = null;
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }

    synchronized void cancel() {
        if (running != null) {
            Connections.abort(running);
        } else if (waiting != null) {
            interrupted = true;
            waiting.interrupt();
        }
    }
}
