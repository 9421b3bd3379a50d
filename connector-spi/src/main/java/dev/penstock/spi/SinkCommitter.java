package dev.penstock.spi;

import java.util.List;
import java.util.Map;

/**
 * Makes prepared epochs visible. There is exactly one a sink, whatever the number of writers.
 *
 * <p><b>Order of calls:</b> {@code claim? commit* close}; epochs ascend. <b>Threads:</b> one at a time.
 */
public interface SinkCommitter extends AutoCloseable {
    /**
     * Makes every commit of an older incarnation fail from now on with {@link FencedException}; required with
     * {@link Capability#FENCING} (ST-08).
     *
     * @throws FencedException if a newer incarnation has claimed already
     */
    default void claim() {}

    /**
     * Commits durable epochs. Idempotent: what is committed already, by anybody, is found out by asking the target and
     * left alone (ST-04, ST-06). The marker that tells is written in the same atomic step as the data and survives the
     * target's maintenance.
     *
     * @param epoch the newest of the epochs in {@code handles}
     * @param handles of one or several epochs, all of the sink's that are durable and not yet known to be committed, in
     *     ascending order
     * @return an outcome for each handle
     */
    Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles);

    /** Throws prepared work away. Best effort: correctness never depends on it. */
    default void abort(List<Prepared> handles) {}

    @Override
    void close();

    /** What became of a handle. */
    enum Outcome {
        /** Its rows are visible now. */
        COMMITTED,
        /** Its rows were visible before. */
        ALREADY_COMMITTED,
        /** Nothing happened; ask again later. */
        RETRY,
        /** Its rows are gone and cannot be committed; stops the pipeline (ST-10). */
        LOST
    }
}
