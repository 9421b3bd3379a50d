package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Items that lie in memory or are made of their index, in partitions. */
final class MemorySource implements Source {
    /** The name of the partition if there is one only. */
    static final String ONLY = "items";

    private static final long ENDLESS = Long.MAX_VALUE;

    private final Map<String, Sequence> sequences;
    private Clock clock = Clock.systemUTC();

    private MemorySource(Map<String, Sequence> sequences) {
        this.sequences = sequences;
    }

    /**
     * The items of a partition.
     *
     * @param count how many there are now
     * @param interval from one item to the next; none if all are there at once
     */
    record Sequence(LongSupplier count, LongFunction<?> item, Optional<Duration> interval) {
        Sequence(LongSupplier count, LongFunction<?> item) {
            this(count, item, Optional.empty());
        }
    }

    static <T> ItemSource<T> of(List<? extends T> list) {
        return of(Map.of(ONLY, list));
    }

    static <T> ItemSource<T> of(Map<String, ? extends List<? extends T>> lists) {
        Map<String, Sequence> sequences = new LinkedHashMap<>();
        lists.forEach((name, list) -> {
            requireNonNull(list, name);
            sequences.put(name, new Sequence(list::size, index -> list.get((int) index)));
        });
        return () -> new MemorySource(sequences);
    }

    static <T> ItemSource<T> of(long count, LongFunction<? extends T> item) {
        Map<String, Sequence> sequences = Map.of(ONLY, new Sequence(() -> count, item));
        return () -> new MemorySource(sequences);
    }

    static <T> ItemSource<T> every(Duration interval, LongFunction<? extends T> item) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "Cannot give an item every '" + interval + "': it is not positive; give a longer time");
        }
        Map<String, Sequence> sequences = Map.of(ONLY, new Sequence(() -> ENDLESS, item, Optional.of(interval)));
        return () -> new MemorySource(sequences);
    }

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
        return new Discovery(
                sequences.entrySet().stream()
                        .map(each -> Partition.of(
                                each.getKey(), each.getValue().count().getAsLong() != ENDLESS))
                        .toList(),
                true);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        long next = resumeFrom.map(MemoryPartition::position).orElse(0L);
        Sequence sequence = sequences.get(partition.id());
        if (sequence == null || next > sequence.count().getAsLong()) {
            throw new ResumeLostException(
                    partition.id(),
                    "item " + next,
                    sequence == null
                            ? "the program has no such partition any more"
                            : "there are only " + sequence.count().getAsLong() + " items now",
                    "give the program its items again, or reset the state of the pipeline");
        }
        return new MemoryPartition(partition.id(), sequence, next, clock);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        return Map.of("items", String.valueOf(MemoryPartition.position(state)));
    }

    @Override
    public void close() {}
}
