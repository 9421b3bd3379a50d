package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.window.WindowMetadata;
import dev.penstock.dataflow.window.WindowStep;

/**
 * A {@link WindowedStream} that also knows the type of its items.
 *
 * @param <K> the keys
 * @param <V> the items
 * @param <R> the results
 */
public final class Windowed<K, V, R> implements WindowedStream<K, R> {
    private final Flow flow;
    private final KeyType<K> keyType;
    private final String results;
    private final String late;
    private final String meta;

    /** The streams of the step with id {@code id}. */
    Windowed(Flow flow, KeyType<K> keyType, String id) {
        this.flow = flow;
        this.keyType = keyType;
        this.results = id;
        this.late = flow.output(id, "late", WindowStep.LATE);
        this.meta = flow.output(id, "meta", WindowStep.META);
    }

    @Override
    public KeyedStream<K, WindowResult<R>> results() {
        return new KeyedStream<>(flow, results, keyType);
    }

    @Override
    public KeyedStream<K, R> values(String step) {
        return results().mapValues(step, WindowResult::value);
    }

    @Override
    public KeyedStream<K, LateItem<V>> late() {
        return new KeyedStream<>(flow, late, keyType);
    }

    @Override
    public KeyedStream<K, WindowMetadata> meta() {
        return new KeyedStream<>(flow, meta, keyType);
    }
}
