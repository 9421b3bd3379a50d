package dev.penstock.connector.postgres;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for a server, done on a thread of its own: the driver does not hear interrupts while it waits,
 * and whoever waits for this does.
 */
final class Errand<T> implements Runnable {
    private final Work<T> work;
    private @Nullable T result;
    private @Nullable Exception failure;
    private boolean done;
    private boolean abandoned;

    private Errand(Work<T> work) {
        this.work = work;
    }

    /** What is to be done. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Does {@code work} and gives what it gives.
     *
     * @param what for people
     * @param abort makes {@code work} end soon
     * @throws RetryableException if the caller was interrupted, which it stays
     */
    static <T> T run(String what, Work<T> work, Runnable abort) throws SQLException {
        Errand<T> errand = new Errand<>(work);
        Thread thread = new Thread(errand, "postgres");
        thread.setDaemon(true);
        thread.start();
        try {
            return errand.await();
        } catch (InterruptedException e) {
            errand.abandon();
            abort.run();
            Thread.currentThread().interrupt();
            throw new RetryableException("Cannot go on waiting (" + what + "): interrupted; it is tried again", e);
        }
    }

    @Override
    public void run() {
        T found = null;
        Exception thrown = null;
        try {
            found = work.run();
        } catch (SQLException | RuntimeException e) {
            thrown = e;
        } catch (Error e) {
            // Who waits would wait for ever.
            thrown = new FatalException("Cannot go on: " + e + "; see the cause", e);
        }
        if (isLate(found, thrown) && found instanceof AutoCloseable resource) {
            Connections.closeQuietly(resource);
        }
    }

    private synchronized boolean isLate(@Nullable T found, @Nullable Exception thrown) {
        result = found;
        failure = thrown;
        done = true;
        notifyAll();
        return abandoned;
    }

    private synchronized void abandon() {
        abandoned = true;
        if (result instanceof AutoCloseable resource) {
            Connections.closeQuietly(resource);
        }
    }

    private synchronized T await() throws SQLException, InterruptedException {
        while (!done) {
            wait();
        }
        if (failure instanceof SQLException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        T found = result;
        if (found == null) {
            throw new IllegalStateException("Cannot give what an errand has not brought");
        }
        return found;
    }
}
