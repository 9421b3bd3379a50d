package dev.penstock.engine.embedded.keyed;

import dev.penstock.engine.embedded.store.KeyReader;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A walk over all keys of a worker by their bytes, those in memory and those that are read page by page. */
final class OrderedWalk<S> {
    private static final byte[] BEFORE_ALL = {};

    private final LiveKeys<S> keys;
    private final Consumer<KeyEntry<S>> visitor;
    private final KeyOrder<S> inMemory;
    private int visited;

    /** A walk over the keys that are in memory now, and those that are not. */
    OrderedWalk(LiveKeys<S> keys, Consumer<KeyEntry<S>> visitor) {
        this.keys = keys;
        this.visitor = visitor;
        this.inMemory = keys.inOrder();
    }

    /** Visits the keys that are not in memory, and those that are before them. */
    void pages(ColdKeys cold, int durable) {
        List<KeyReader.Entry> page = cold.page(BEFORE_ALL);
        while (!page.isEmpty()) {
            for (KeyReader.Entry stored : page) {
                if (cold.isOurs(stored.key()) && !keys.isInMemory(stored.key()) && !cold.isDropped(stored.key())) {
                    memoryBefore(stored.key());
                    visitCold(stored, cold, durable);
                }
            }
            page = cold.page(page.get(page.size() - 1).key());
        }
    }

    private void visitCold(KeyReader.Entry stored, ColdKeys cold, int durable) {
        cold.taken(stored.key());
        KeyEntry<S> entry = keys.warm(stored.key(), stored.value());
        visitor.accept(entry);
        keys.cool(entry, durable);
    }

    private void memoryBefore(byte[] key) {
        while (visited < inMemory.size() && Arrays.compareUnsigned(inMemory.key(visited), key) < 0) {
            visitor.accept(inMemory.entry(visited++));
        }
    }

    /** Visits the rest. */
    void finish() {
        while (visited < inMemory.size()) {
            visitor.accept(inMemory.entry(visited++));
        }
    }
}
