package dev.penstock.conformance.engine;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The one committer of a life. */
record KitCommits(SinkCommitter committer) implements AutoCloseable {
    private static final Duration LATER = Duration.ofMillis(50);

    void claim() {
        committer.claim();
    }

    /**
     * Commits durable handles, in ascending epochs.
     *
     * @throws RetryableException if some are not committed yet; the next life asks again
     * @throws FatalException if some can never be
     */
    void commit(List<Prepared> handles) {
        Map<Prepared, Outcome> outcomes =
                committer.commit(handles.get(handles.size() - 1).epoch(), handles);
        for (Prepared handle : handles) {
            Outcome outcome = outcomes.get(handle);
            if (outcome == null) {
                throw new FatalException("Cannot tell what became of epoch " + handle.epoch() + " of writer "
                        + handle.writer() + ": the committer gives no outcome for it; give one for each handle");
            }
            check(handle, outcome);
        }
    }

    private static void check(Prepared handle, Outcome outcome) {
        switch (outcome) {
            case COMMITTED, ALREADY_COMMITTED -> {}
            case RETRY -> throw new RetryableException("Cannot commit epoch " + handle.epoch() + " yet", LATER);
            case LOST ->
                throw new FatalException("Cannot commit epoch " + handle.epoch() + " of writer " + handle.writer()
                        + ": its " + handle.rows() + " rows are gone, though they were prepared");
        }
    }

    @Override
    public void close() {
        committer.close();
    }
}
