package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The loops of steps that look at one item after the other. They take batches of streams and of keyed streams alike,
 * leave keys, times and origins as they are, and allocate arrays for a batch but nothing for an item.
 */
final class ItemLoops {
    private ItemLoops() {}

    /** Puts what {@code function} gives in the place of each item. */
    static <T, R> BatchOperator map(Function<? super T, ? extends R> function, String step) {
        return (batch, out) -> {
            T[] items = Items.of(batch);
            Object[] results = new Object[items.length];
            for (int i = 0; i < items.length; i++) {
                results[i] = notNull(function.apply(items[i]), step);
            }
            out.emit(0, Items.replaced(batch, results));
        };
    }

    /** Puts the items that {@code function} gives, any number of them, in the place of each. */
    static <T, R> BatchOperator flatMap(Function<? super T, ? extends Iterable<? extends R>> function, String step) {
        return (batch, out) -> {
            T[] items = Items.of(batch);
            Picked picked = new Picked(items.length);
            for (int i = 0; i < items.length; i++) {
                for (R result : notNull(function.apply(items[i]), step)) {
                    picked.add(i, notNull(result, step));
                }
            }
            out.emit(0, picked.of(batch));
        };
    }

    /** Puts the items that {@code function} gives for a batch in the place of its items; they have no times. */
    static <T, R> BatchOperator flatMapBatch(
            Function<? super List<T>, ? extends Iterable<? extends R>> function, String step) {
        return (batch, out) -> {
            List<T> items = Collections.unmodifiableList(Arrays.asList(Items.<T>of(batch)));
            List<Object> results = new ArrayList<>(items.size());
            for (R result : notNull(function.apply(items), step)) {
                results.add(notNull(result, step));
            }
            out.emit(0, Items.stream(results.toArray(), results.size()));
        };
    }

    /** Shows each item to {@code inspector}. */
    static <T> BatchOperator inspect(Inspector<? super T> inspector, FunctionContext context) {
        return (batch, out) -> {
            for (T item : Items.<T>of(batch)) {
                inspector.inspect(context.stepId(), item, context.epoch(), context.worker());
            }
            out.emit(0, batch);
        };
    }

    /** Refuses every item. */
    static BatchOperator raise(String step) {
        return (batch, out) -> {
            throw new IllegalStateException("Cannot go on with item '" + Items.of(batch)[0] + "': step '" + step
                    + "' expects none; see where it comes from");
        };
    }

    /** Puts what {@code function} gives in the place of each item, and leaves out those it gives nothing for. */
    static <T, R> BatchOperator filterMap(Function<? super T, Optional<? extends R>> function, String step) {
        return (batch, out) -> {
            T[] items = Items.of(batch);
            Picked picked = new Picked(items.length);
            for (int i = 0; i < items.length; i++) {
                Optional<? extends R> result = notNull(function.apply(items[i]), step);
                if (result.isPresent()) {
                    picked.add(i, result.get());
                }
            }
            out.emit(0, picked.of(batch));
        };
    }

    /** Leaves out the items that are not {@code wanted}. */
    static <T> BatchOperator filter(Predicate<? super T> wanted) {
        return (batch, out) -> {
            T[] items = Items.of(batch);
            int[] rows = new int[items.length];
            int count = 0;
            for (int i = 0; i < items.length; i++) {
                rows[count] = i;
                count += wanted.test(items[i]) ? 1 : 0;
            }
            out.emit(0, chosen(batch, rows, count));
        };
    }

    /** Gives the {@code wanted} items by output 0 and the others by output 1. */
    static <T> BatchOperator branch(Predicate<? super T> wanted) {
        return (batch, out) -> {
            T[] items = Items.of(batch);
            int[] trues = new int[items.length];
            int[] falses = new int[items.length];
            int count = 0;
            for (int i = 0; i < items.length; i++) {
                trues[count] = i;
                falses[i - count] = i;
                count += wanted.test(items[i]) ? 1 : 0;
            }
            out.emit(0, chosen(batch, trues, count));
            out.emit(1, chosen(batch, falses, items.length - count));
        };
    }

    /** Gives the items of a stream the keys that {@code key} makes. */
    static <T, K> BatchOperator keyBy(KeyType<K> type, Function<? super T, ? extends K> key, String step) {
        return (batch, out) -> {
            T[] items = Items.of(batch);
            Object[] keys = new Object[items.length];
            for (int i = 0; i < items.length; i++) {
                keys[i] = type.value(notNull(key.apply(items[i]), step));
            }
            out.emit(0, Items.withKeys(batch, keys));
        };
    }

    private static RecordBatch chosen(RecordBatch batch, int[] rows, int count) {
        return count == batch.rowCount() ? batch : batch.take(rows, count);
    }

    static <R> R notNull(@Nullable R result, String step) {
        if (result == null) {
            throw new NullPointerException("Cannot go on with a null from the function of step '" + step
                    + "': streams have no nulls; leave the item out with filterMap, or give an Optional of it");
        }
        return result;
    }

    /** New items, each made of a row of a batch. */
    private static final class Picked {
        private int[] rows;
        private @Nullable Object[] items;
        private int count;

        Picked(int capacity) {
            rows = new int[capacity];
            items = new Object[capacity];
        }

        void add(int row, Object item) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2 + 1);
                items = Arrays.copyOf(items, count * 2 + 1);
            }
            rows[count] = row;
            items[count++] = item;
        }

        RecordBatch of(RecordBatch batch) {
            return Items.replaced(batch, rows, items, count);
        }
    }
}
