package dev.penstock.conformance.process;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A source whose partitions trip over a wire. */
record TrippedSource(Source source, Tripwire wire) implements Source {
    @Override
    public void open(ConnectorContext context) {
        source.open(context);
    }

    @Override
    public void provision() {
        source.provision();
    }

    @Override
    public void deprovision() {
        source.deprovision();
    }

    @Override
    public Schema schema() {
        return source.schema();
    }

    @Override
    public void restored(Map<String, ResumeState> known) {
        source.restored(known);
    }

    @Override
    public Discovery discover(Duration maxWait) {
        return source.discover(maxWait);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        return new TrippedPartition(partition.id(), source.partition(partition, resumeFrom), wire);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        return source.describe(state);
    }

    @Override
    public void close() {
        source.close();
    }

    private record TrippedPartition(String id, SourcePartition partition, Tripwire wire) implements SourcePartition {
        @Override
        public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
            Poll poll = partition.poll(maxRows, maxBytes, maxWait);
            if (poll instanceof Poll.End end) {
                wire.markers()
                        .print(
                                Markers.END,
                                id + " " + HexFormat.of().formatHex(end.last().bytes()));
            } else if (poll instanceof Poll.Rows) {
                wire.pass(CrashPoint.AFTER_POLL);
            }
            return poll;
        }

        @Override
        public void stateDurable(ResumeState state) {
            partition.stateDurable(state);
            wire.pass(CrashPoint.AFTER_DURABLE);
        }

        @Override
        public void onReady(Runnable ready) {
            partition.onReady(ready);
        }

        @Override
        public void wakeup() {
            partition.wakeup();
        }

        @Override
        public void close() {
            partition.close();
        }
    }
}
