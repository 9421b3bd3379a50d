package dev.penstock.dataflow.flow;

import java.util.Optional;

/**
 * Looks for new items, see {@link PollingSource}. Called by one thread at a time.
 *
 * @param <T> the items, never null
 */
@FunctionalInterface
public interface Poller<T> {
    /**
     * Looks once.
     *
     * @param position what the last look said it would go on at, in this run or the one before; empty at first
     * @throws Exception whatever stops the pipeline; what may pass is a {@link Polled#retryAfter}
     */
    Polled<T> poll(Optional<String> position) throws Exception;
}
