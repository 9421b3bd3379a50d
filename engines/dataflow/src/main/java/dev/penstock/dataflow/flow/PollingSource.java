package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for items again and again, at an interval: {@code PollingSource.every(Duration.ofMinutes(30), poller)}. It
 * never ends by itself. Immutable.
 *
 * <p>What was found since the last epoch is not found again after a crash, unless the poller has positions and is said
 * to be {@link #replayable}.
 *
 * @param <T> the items, never null
 */
public final class PollingSource<T> implements ItemSource<T> {
    private final Duration interval;
    private final Poller<T> poller;
    private final Optional<Instant> align;
    private final boolean replayable;

    private PollingSource(Duration interval, Poller<T> poller, Optional<Instant> align, boolean replayable) {
        this.interval = interval;
        this.poller = poller;
        this.align = align;
        this.replayable = replayable;
    }

    /** Looks at once and then {@code interval} after each look. */
    public static <T> PollingSource<T> every(Duration interval, Poller<T> poller) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "Cannot poll every '" + interval + "': it is not positive; give at least a millisecond");
        }
        return new PollingSource<>(interval, requireNonNull(poller, "poller"), Optional.empty(), false);
    }

    /** Looks at the times that are a whole number of intervals away from {@code time}, before or behind it. */
    public PollingSource<T> alignTo(Instant time) {
        return new PollingSource<>(interval, poller, Optional.of(time), replayable);
    }

    /** The poller gives everything behind the position that it is given, also when it is given the same again. */
    public PollingSource<T> replayable() {
        return new PollingSource<>(interval, poller, align, true);
    }

    @Override
    public Source create() {
        return new Opened();
    }

    @Override
    public Set<Capability> capabilities() {
        return replayable ? Set.of(Capability.UNBOUNDED, Capability.REPLAYABLE) : Set.of(Capability.UNBOUNDED);
    }

    Duration interval() {
        return interval;
    }

    Poller<T> poller() {
        return poller;
    }

    Optional<Instant> align() {
        return align;
    }

    private final class Opened implements Source {
        private InstantSource clock = InstantSource.system();

        @Override
        public void open(ConnectorContext context) {
            clock = context.clock();
        }

        @Override
        public Schema schema() {
            return Items.STREAM;
        }

        @Override
        public Discovery discover(Duration maxWait) {
            return new Discovery(List.of(Partition.of(MemorySource.ONLY, false)), true);
        }

        @Override
        public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
            return new PollingPartition<>(PollingSource.this, clock, resumeFrom);
        }

        @Override
        public Map<String, String> describe(ResumeState state) {
            return Map.of("position", PollingPartition.position(state).orElse("start"));
        }

        @Override
        public void close() {}
    }
}
