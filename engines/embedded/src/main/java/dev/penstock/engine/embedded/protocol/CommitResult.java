package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.util.Map;

/** What became of a {@link CommitRequest}. */
public sealed interface CommitResult {
    /** The committer answered. */
    record Answered(Map<Prepared, SinkCommitter.Outcome> outcomes) implements CommitResult {
        public Answered {
            outcomes = Map.copyOf(outcomes);
        }
    }

    /** The committer threw; whether anything was committed is not known. */
    record Failed(RuntimeException cause) implements CommitResult {}
}
