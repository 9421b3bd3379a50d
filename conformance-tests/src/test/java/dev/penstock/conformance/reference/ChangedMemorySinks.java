package dev.penstock.conformance.reference;

import dev.penstock.spi.Prepared;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.config.Config;

/** Reference sinks that remember wrongly what they have committed. */
public final class ChangedMemorySinks {
    private ChangedMemorySinks() {}

    /** Looks for it in the history of the server, which is cut off by maintenance. */
    public static Sink trustingHistory(Config config) {
        MemorySinkSettings settings = MemorySinkSettings.of(config);
        return new MemorySink(settings) {
            @Override
            SinkCommitter committer(TableClient client, String sinkId, long generation) {
                return new MemorySinkCommitter(client, sinkId, generation) {
                    @Override
                    boolean isCommitted(Prepared handle) {
                        return client.history().contains(name(handle).toString());
                    }
                };
            }
        };
    }

    /** Marks what is committed by epoch and writer, whatever the run. */
    public static Sink markingWithoutRun(Config config) {
        MemorySinkSettings settings = MemorySinkSettings.of(config);
        return new MemorySink(settings) {
            @Override
            SinkCommitter committer(TableClient client, String sinkId, long generation) {
                return new MemorySinkCommitter(client, sinkId, generation) {
                    @Override
                    String mark(Prepared handle) {
                        return sinkId + ":writer-" + handle.writer();
                    }
                };
            }
        };
    }
}
