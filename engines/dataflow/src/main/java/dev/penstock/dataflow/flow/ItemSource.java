package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Source;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Where a program's own items come from. The factories here read what lies in memory or is made up; for anything else,
 * implement {@link #create} with a {@link Source} whose batches {@link #batch} makes.
 *
 * @param <T> the items, never null
 */
@FunctionalInterface
public interface ItemSource<T> {
    /** The columns of all batches of items: one, of objects. */
    Schema COLUMNS = Items.STREAM;

    /**
     * A source, not open, whose rows have {@link #COLUMNS} and in them objects of type {@code T}. Asked again when the
     * pipeline is restarted after a failure.
     */
    Source create();

    /** What the source promises; to read the same again after a crash, unless said otherwise. */
    default Set<Capability> capabilities() {
        return Set.of(Capability.BOUNDED, Capability.UNBOUNDED, Capability.REPLAYABLE);
    }

    /** A batch of {@code items} for a source of one's own. */
    static RecordBatch batch(List<?> items) {
        Object[] values = items.toArray();
        return Items.stream(values, values.length);
    }

    /** Exactly {@code items}, in one partition. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> ItemSource<T> of(T... items) {
        return of(Arrays.asList(items));
    }

    /**
     * The items of {@code list}, in one partition. The position is the number of items read: a later run goes on behind
     * it, and so finds what was added to the list.
     */
    static <T> ItemSource<T> of(List<? extends T> list) {
        return MemorySource.of(requireNonNull(list, "list"));
    }

    /** The items of several lists, each a partition of its own that is read independently of the others, by name. */
    static <T> ItemSource<T> partitions(Map<String, ? extends List<? extends T>> lists) {
        return MemorySource.of(requireNonNull(lists, "lists"));
    }

    /** The whole numbers from {@code from} (inclusive) to {@code to} (exclusive). */
    static ItemSource<Long> range(long from, long to) {
        return generated(Math.max(0, to - from), index -> from + index);
    }

    /**
     * {@code count} items that {@code item} makes of their indexes, from 0.
     *
     * @param item gives an equal item each time it gets the same index
     */
    static <T> ItemSource<T> generated(long count, LongFunction<? extends T> item) {
        return MemorySource.of(count, requireNonNull(item, "item"));
    }

    /**
     * Items without end, one each {@code interval} from the start of the run on; a later run goes on with the next one.
     *
     * @param item gives an equal item each time it gets the same index, counted from 0 over all runs
     */
    static <T> ItemSource<T> every(Duration interval, LongFunction<? extends T> item) {
        return MemorySource.every(interval, requireNonNull(item, "item"));
    }
}
