package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.dataflow.window.Windower;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Items with a key: all items of a key are seen by the same worker, in the order of their sender, and share state.
 *
 * @param <K> the keys, never null
 * @param <V> the items, never null
 */
public final class KeyedStream<K, V> {
    private final Flow flow;
    private final String nodeId;
    private final KeyType<K> keyType;

    KeyedStream(Flow flow, String nodeId, KeyType<K> keyType) {
        this.flow = requireNonNull(flow, "flow");
        this.nodeId = requireNonNull(nodeId, "nodeId");
        this.keyType = requireNonNull(keyType, "keyType");
    }

    /** The flow it belongs to. */
    Flow flow() {
        return flow;
    }

    /** The id of the plan's node whose rows it is. */
    String nodeId() {
        return nodeId;
    }

    /** How its keys are written. */
    KeyType<K> keyType() {
        return keyType;
    }

    /** Puts what {@code function} gives in the place of each item; keys stay. */
    public <R> KeyedStream<K, R> mapValues(String step, Function<? super V, ? extends R> function) {
        requireNonNull(function, "function");
        return next(step, "map values", context -> ItemLoops.map(function, context.stepId()));
    }

    /** Puts the items that {@code function} gives, any number of them, in the place of each; keys stay. */
    public <R> KeyedStream<K, R> flatMapValues(
            String step, Function<? super V, ? extends Iterable<? extends R>> function) {
        requireNonNull(function, "function");
        return next(step, "flat map values", context -> ItemLoops.flatMap(function, context.stepId()));
    }

    /** Leaves out the items that are not {@code wanted}. */
    public KeyedStream<K, V> filterValues(String step, Predicate<? super V> wanted) {
        requireNonNull(wanted, "wanted");
        return next(step, "filter values", context -> ItemLoops.filter(wanted));
    }

    /** Puts what {@code function} gives in the place of each item, and leaves out those it gives nothing for. */
    public <R> KeyedStream<K, R> filterMapValues(String step, Function<? super V, Optional<? extends R>> function) {
        requireNonNull(function, "function");
        return next(step, "filter map values", context -> ItemLoops.filterMap(function, context.stepId()));
    }

    /**
     * Puts the items of each key into windows; operators of what this gives say what becomes of them, each a step whose
     * id begins with {@code step} and a point.
     */
    public Windowing<K, V> window(String step, Clock<V> clock, Windower windower) {
        return new Windowing<>(this, flow.claim(step), clock, windower);
    }

    /** Shows each item with its key to {@code inspector}. */
    public KeyedStream<K, V> inspect(String step, Consumer<? super Map.Entry<K, V>> inspector) {
        requireNonNull(inspector, "inspector");
        return inspect(step, (id, entry, epoch, worker) -> inspector.accept(entry));
    }

    /** Shows each item with its key, and where it is, to {@code inspector}. */
    public KeyedStream<K, V> inspect(String step, Inspector<? super Map.Entry<K, V>> inspector) {
        requireNonNull(inspector, "inspector");
        return next(step, "inspect", context -> EntryLoops.inspect(keyType, inspector, context));
    }

    /** The items without their keys. */
    public Stream<V> dropKey(String step) {
        return items(step, StepFunction.items("drop key", context -> EntryLoops.dropKey()));
    }

    /** Each item with its key, as an entry. */
    public Stream<Map.Entry<K, V>> toStream(String step) {
        return items(step, StepFunction.items("entries", context -> EntryLoops.entries(keyType)));
    }

    /** The items of this stream and of {@code others}, whose keys are written alike, in no order between them. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final KeyedStream<K, V> merge(String step, KeyedStream<K, ? extends V>... others) {
        return Streams.mergeKeyed(step, Streams.behind(this, List.of(others)));
    }

    /** Hands each item with its key to the program itself. */
    public void to(String step, ItemSink<? super Map.Entry<K, V>> sink) {
        requireNonNull(sink, "sink");
        String id = flow.claim(step);
        String entries = flow.functionAt(
                id + ".entries",
                List.of(nodeId),
                StepFunction.items("entries", context -> EntryLoops.entries(keyType)));
        flow.add(ProgramConnector.sink(id, entries, sink));
    }

    /** Applies an operator that is a function of streams. */
    public <R> R then(Function<? super KeyedStream<K, V>, ? extends R> operator) {
        return operator.apply(this);
    }

    /**
     * As {@link #then(Function)}, with the steps of {@code operator} inside one of their own, see {@link Flow#scope}.
     */
    public <R> R then(String step, Function<? super KeyedStream<K, V>, ? extends R> operator) {
        return flow.scope(step, () -> operator.apply(this));
    }

    private <R> KeyedStream<K, R> next(String step, String kind, Function<FunctionContext, BatchOperator> operator) {
        String id = flow.function(step, List.of(nodeId), StepFunction.keyed(kind, operator));
        return new KeyedStream<>(flow, id, keyType);
    }

    private <R> Stream<R> items(String step, StepFunction function) {
        return new Stream<>(flow, flow.function(step, List.of(nodeId), function));
    }
}
