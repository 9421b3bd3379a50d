package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Tries something on a table again and again until it is settled. Nothing is concluded from a failure: each attempt
 * reads what the table says by then.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class CommitLoop {
    private static final long CONFLICT_MILLIS = 10;
    private static final long FIRST_FAILURE_MILLIS = 50;
    private static final long LONGEST_MILLIS = 2_000;

    private final Supplier<CommitTable> tables;
    private final Duration timeout;
    private @Nullable CommitTable table;

    /**
     * A loop.
     *
     * @param tables loads the table, whenever what was loaded before may not be trusted any more
     */
    CommitLoop(Supplier<CommitTable> tables, Duration timeout) {
        this.tables = tables;
        this.timeout = timeout;
    }

    /** One attempt; empty if it has to be made again at once. */
    @FunctionalInterface
    interface Attempt<T> {
        Optional<T> on(CommitTable table);
    }

    /**
     * Makes attempts until one is settled.
     *
     * @throws RetryableException if the time is over; what was tried may have happened all the same
     */
    <T> T run(String what, Attempt<T> attempt) {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (int failures = 0; ; ) {
            RuntimeException failure;
            try {
                Optional<T> result = attempt.on(table());
                if (result.isPresent()) {
                    return result.get();
                }
                continue;
            } catch (ConnectorException e) {
                throw e;
            } catch (RuntimeException e) {
                failure = e;
            }
            if (!(failure instanceof CommitFailedException)) {
                table = null;
                failures++;
            }
            if (IcebergErrors.problemCode(failure).isPresent() || System.nanoTime() >= deadline) {
                throw IcebergErrors.wrap(what, failure);
            }
            pause(failures);
        }
    }

    private CommitTable table() {
        if (table == null) {
            table = tables.get();
        }
        return table;
    }

    private static void pause(int failures) {
        long most = failures == 0
                ? CONFLICT_MILLIS
                : Math.min(FIRST_FAILURE_MILLIS << Math.min(failures - 1, 10), LONGEST_MILLIS);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("Cannot go on with a commit: the thread was interrupted", e);
        }
    }
}
