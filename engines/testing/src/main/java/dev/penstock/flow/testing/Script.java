package dev.penstock.flow.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** What a partition of a test source gives and does, in order; may grow while it is read. */
final class Script<T> {
    private final List<Entry<T>> entries = new CopyOnWriteArrayList<>();

    /** An item, or something that happens between two. */
    sealed interface Entry<T> {}

    /** An item. */
    record Item<T>(T value) implements Entry<T> {}

    /** The run ends here with its state kept, and the next one goes on behind it. */
    record Eof<T>() implements Entry<T> {}

    /** The run is ended at once, the first time that it comes here and {@code when} holds. */
    record Abort<T>(BooleanSupplier when, AtomicBoolean done) implements Entry<T> {}

    /** The clock moves, the first time that all before it is durable. */
    record Pause<T>(TestClock clock, Duration time, AtomicBoolean done) implements Entry<T> {}

    void add(Entry<T> entry) {
        entries.add(entry);
    }

    void add(List<? extends T> items) {
        entries.addAll(items.stream().map(Item<T>::new).toList());
    }

    int size() {
        return entries.size();
    }

    Entry<T> entry(int index) {
        return entries.get(index);
    }

    /** The items from {@code start} up to the next mark, {@code max} at most. */
    List<T> items(int start, int max) {
        List<T> items = new ArrayList<>();
        for (int index = start; index < entries.size() && items.size() < max; index++) {
            if (!(entries.get(index) instanceof Item<T> item)) {
                break;
            }
            items.add(item.value());
        }
        return items;
    }
}
