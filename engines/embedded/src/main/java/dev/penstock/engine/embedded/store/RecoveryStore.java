package dev.penstock.engine.embedded.store;

import dev.penstock.spi.EpochId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The durable memory of a pipeline.
 *
 * <p><b>Order of calls:</b> {@code claim recover keyedState* (seal | markCommitted | renew | remember)* close}.
 *
 * <p><b>Threads:</b> one at a time. <b>Durability:</b> what a method wrote is on disk when it returns, all of it or
 * nothing. Every writing method fails with {@link dev.penstock.spi.FencedException} once another process holds the
 * lease.
 */
public interface RecoveryStore extends AutoCloseable {
    /** The longest an owner may go without a write or {@link #renew}, to be taken for alive. */
    Duration RENEW_INTERVAL = Duration.ofSeconds(3);

    /**
     * Makes this process the owner of the pipeline's state.
     *
     * @return a generation greater than all before
     * @throws StateInUseException if another live process owns it, naming host and process
     */
    long claim(Owner owner);

    /** What the last durable epoch left behind. */
    Recovered recover();

    /**
     * Hands every live key of a step to {@code entries} as key and value; streams, so that memory does not grow with
     * keys.
     */
    void keyedState(String stepId, BiConsumer<byte[], byte[]> entries);

    /**
     * Reads keys of a step while the pipeline runs, on another thread than this store; empty if that is not possible,
     * so that all keys must stay in memory. To be closed before the store.
     */
    default Optional<KeyReader> keyReader(String stepId) {
        return Optional.empty();
    }

    /** Makes an epoch durable in one transaction: from here on it is decided to be committed. */
    void seal(SealedEpoch epoch);

    /** Forgets the handles of epochs of a sink that are known to be committed. */
    void markCommitted(String sinkId, List<EpochId> epochs);

    /** Says that the owner is alive; at least every {@link #RENEW_INTERVAL}. Any other write says so too. */
    void renew();

    /** A small fact kept with the pipeline, such as inferred columns. */
    Optional<String> recall(String name);

    /** Keeps a small fact. */
    void remember(String name, String value);

    /** Gives the lease back and frees everything. */
    @Override
    void close();
}
