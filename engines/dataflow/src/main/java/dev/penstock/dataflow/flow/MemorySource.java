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

    private final Map<String, Sequence> sequences;

    private MemorySource(Map<String, Sequence> sequences) {
        this.sequences = sequences;
    }

    /**
     * The items of a partition.
     *
     * @param count how many there are now
     */
    record Sequence(LongSupplier count, LongFunction<?> item) {}

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

    @Override
    public void open(ConnectorContext context) {}

    @Override
    public Schema schema() {
        return Items.STREAM;
    }

    @Override
    public Discovery discover(Duration maxWait) {
        return new Discovery(
                sequences.keySet().stream()
                        .map(name -> Partition.of(name, true))
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
        return new MemoryPartition(partition.id(), sequence, next);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        return Map.of("items", String.valueOf(MemoryPartition.position(state)));
    }

    @Override
    public void close() {}
}
