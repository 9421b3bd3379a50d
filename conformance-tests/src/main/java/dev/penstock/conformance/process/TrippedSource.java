package dev.penstock.conformance.process;

import dev.penstock.conformance.forwarding.ForwardingPartition;
import dev.penstock.conformance.forwarding.ForwardingSource;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** A source whose partitions trip over a wire. */
final class TrippedSource extends ForwardingSource {
    private final Tripwire wire;

    TrippedSource(Source source, Tripwire wire) {
        super(source);
        this.wire = wire;
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        return new TrippedPartition(partition.id(), super.partition(partition, resumeFrom), wire);
    }

    private static final class TrippedPartition extends ForwardingPartition {
        private final String id;
        private final Tripwire wire;

        TrippedPartition(String id, SourcePartition partition, Tripwire wire) {
            super(partition);
            this.id = id;
            this.wire = wire;
        }

        @Override
        public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
            Poll poll = super.poll(maxRows, maxBytes, maxWait);
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
            super.stateDurable(state);
            wire.pass(CrashPoint.AFTER_DURABLE);
        }
    }
}
