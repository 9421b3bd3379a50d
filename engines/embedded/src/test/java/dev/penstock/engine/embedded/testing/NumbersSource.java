package dev.penstock.engine.embedded.testing;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives the rows (partition, number) of any number of partitions; knows how to be slow, broken and endless. */
public final class NumbersSource implements Connector {
    /** The columns. */
    public static final Schema SCHEMA =
            Schema.of(Field.required("partition", DataType.STRING), Field.required("number", DataType.INT64));

    /** What happens before each poll. */
    @FunctionalInterface
    public interface BeforePoll {
        void of(String partition, long position, Duration maxWait);
    }

    private final ConcurrentSkipListMap<String, Long> sizes = new ConcurrentSkipListMap<>();
    private final Map<String, Long> released = new ConcurrentSkipListMap<>();
    private final Map<String, Runnable> listeners = new ConcurrentSkipListMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger openSources = new AtomicInteger();
    private volatile boolean complete = true;
    private volatile boolean bounded = true;
    private volatile boolean prunes = true;
    private volatile boolean failingToClose;
    private volatile Duration pause = Duration.ofMillis(5);
    private volatile long badAt = -1;
    private volatile BeforePoll beforePoll = (partition, position, maxWait) -> {};

    /** A partition with the numbers from 0 to {@code size - 1}; may grow later. */
    public NumbersSource with(String partition, long size) {
        sizes.put(partition, size);
        listeners.getOrDefault(partition, () -> {}).run();
        return this;
    }

    /** Partitions may come and go, and reading does not end. */
    public NumbersSource endless() {
        bounded = false;
        complete = false;
        return this;
    }

    /** How long a partition with nothing to give is left alone. */
    public NumbersSource pausing(Duration wanted) {
        pause = wanted;
        return this;
    }

    /** Partitions may come, but each ends. */
    public NumbersSource discovering() {
        complete = false;
        return this;
    }

    /** Upstream keeps everything, so that readers are not needed after the end. */
    public NumbersSource keeping() {
        prunes = false;
        return this;
    }

    /** Every reader frees what it has and then complains. */
    public NumbersSource failingToClose() {
        failingToClose = true;
        return this;
    }

    /** The row with {@code number} cannot be read, in any partition. */
    public NumbersSource badAt(long number) {
        badAt = number;
        return this;
    }

    /** Runs {@code hook} before each poll. */
    public NumbersSource beforePoll(BeforePoll hook) {
        beforePoll = hook;
        return this;
    }

    /** Removes a partition. */
    public void remove(String partition) {
        sizes.remove(partition);
    }

    /** Up to where upstream was released. */
    public long released(String partition) {
        return released.getOrDefault(partition, 0L);
    }

    /** How many readers are open now. */
    public int open() {
        return open.get();
    }

    /** How many readers were open at once at most. */
    public int mostOpen() {
        return mostOpen.get();
    }

    /** How many sources are open now. */
    public int openSources() {
        return openSources.get();
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "numbers",
                "1.0.0",
                "Numbers for tests",
                Map.of(Role.SOURCE, ConfigSpec.of()),
                prunes
                        ? Set.of(Capability.BOUNDED, Capability.REPLAYABLE, Capability.PRUNES_ON_ACK)
                        : Set.of(Capability.BOUNDED, Capability.REPLAYABLE));
    }

    @Override
    public Source source(Config config) {
        return new OpenSource();
    }

    private static ResumeState state(long position) {
        return new ResumeState(1, ByteBuffer.allocate(8).putLong(position).array());
    }

    private final class OpenSource implements Source {
        private boolean isOpen;

        @Override
        public void open(ConnectorContext context) {
            isOpen = true;
            openSources.incrementAndGet();
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public Discovery discover(Duration maxWait) {
            List<Partition> partitions = new TreeMap<>(sizes)
                    .keySet().stream().map(id -> Partition.of(id, bounded)).toList();
            return new Discovery(partitions, complete);
        }

        @Override
        public SourcePartition partition(Partition partition, Optional<ResumeState> from) {
            long position =
                    from.map(state -> ByteBuffer.wrap(state.bytes()).getLong()).orElse(0L);
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            return new Reader(partition.id(), position);
        }

        @Override
        public void close() {
            if (isOpen) {
                isOpen = false;
                openSources.decrementAndGet();
            }
        }
    }

    private final class Reader implements SourcePartition {
        private final String id;
        private long position;
        private boolean closed;
        private boolean goneSaid;

        Reader(String id, long position) {
            this.id = id;
            this.position = position;
        }

        @Override
        public void onReady(Runnable ready) {
            listeners.put(id, ready);
        }

        @Override
        public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
            beforePoll.of(id, position, maxWait);
            Long size = sizes.get(id);
            if (size == null) {
                return gone();
            }
            if (position >= size) {
                return bounded ? new Poll.End(state(position)) : new Poll.Idle(state(position), pause);
            }
            return rows(Math.min(size, position + Math.min(maxRows, 1000)));
        }

        private Poll gone() {
            if (goneSaid) {
                return new Poll.End(state(position));
            }
            goneSaid = true;
            BatchBuilder builder = new BatchBuilder(SCHEMA);
            builder.append(Row.of(SCHEMA, id, -1L).with(Operation.DELETE));
            return new Poll.Rows(builder.build(), state(position));
        }

        private Poll rows(long end) {
            BatchBuilder builder = new BatchBuilder(SCHEMA);
            List<BadRow> bad = List.of();
            long start = position;
            for (; position < end; position++) {
                if (position == badAt) {
                    bad = List.of(new BadRow(id, "number " + position, Bytes.copyOf(new byte[] {1, 2}), "it is bad"));
                } else {
                    builder.append(id, position);
                }
            }
            return new Poll.Rows(builder.build().withOrigin(new NumbersOrigin(id, start)), state(position), bad);
        }

        @Override
        public void stateDurable(ResumeState state) {
            released.merge(id, ByteBuffer.wrap(state.bytes()).getLong(), Math::max);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
                if (failingToClose) {
                    throw new FatalException("Cannot close partition '" + id + "': it is stubborn");
                }
            }
        }
    }

    private record NumbersOrigin(String id, long start) implements Origin {
        @Override
        public String partition(int row) {
            return id;
        }

        @Override
        public String position(int row) {
            return "number " + (start + row);
        }
    }
}
