package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.Windower;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
    private final Optional<EventClock<V>> clock;

    KeyedStream(Flow flow, String nodeId, KeyType<K> keyType) {
        this(flow, nodeId, keyType, Optional.empty());
    }

    private KeyedStream(Flow flow, String nodeId, KeyType<K> keyType, Optional<EventClock<V>> clock) {
        this.clock = clock;
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

    /** What watermarks are made of for a step that takes it; empty for the times that items carry. */
    Optional<EventTime> eventTime() {
        return clock.flatMap(ItemTimes::eventTime);
    }

    /**
     * The same items, with times of {@code itemClock} for the timers and watermarks of the next stateful step or join;
     * without it, times and watermarks are those that come from the steps before.
     */
    public KeyedStream<K, V> timedBy(EventClock<V> itemClock) {
        return new KeyedStream<>(flow, nodeId, keyType, Optional.of(itemClock));
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

    /**
     * Keeps state and sets timers, item by item; state is kept as {@link State#ofValues} says.
     *
     * @param logic makes the logic of one worker
     */
    public <S, R> KeyedStream<K, R> stateful(String step, Supplier<? extends StatefulLogic<K, V, S, R>> logic) {
        return stateful(step, State.ofValues(), logic);
    }

    /** As {@link #stateful(String, Supplier)}, with state that is kept as {@code state} says. */
    public <S, R> KeyedStream<K, R> stateful(
            String step, State<S> state, Supplier<? extends StatefulLogic<K, V, S, R>> logic) {
        requireNonNull(logic, "logic");
        return keeping(step, "stateful", state, () -> new LogicOperator<>(logic.get(), keyType));
    }

    /** As {@link #stateful(String, Supplier)}, with the items of a key that arrive together. */
    public <S, R> KeyedStream<K, R> statefulBatch(
            String step, Supplier<? extends StatefulBatchLogic<K, V, S, R>> logic) {
        return statefulBatch(step, State.ofValues(), logic);
    }

    /** As {@link #statefulBatch(String, Supplier)}, with state that is kept as {@code state} says. */
    public <S, R> KeyedStream<K, R> statefulBatch(
            String step, State<S> state, Supplier<? extends StatefulBatchLogic<K, V, S, R>> logic) {
        requireNonNull(logic, "logic");
        return keeping(step, "stateful batch", state, () -> new BatchLogicOperator<>(logic.get(), keyType));
    }

    /**
     * Gives one item for each, which may depend on what came before of the same key.
     *
     * @param function gets the state of the key, if it has any, and an item; a state that it changes in place is to be
     *     kept like a new one
     */
    public <S, R> KeyedStream<K, R> statefulMap(
            String step, BiFunction<? super Optional<S>, ? super V, Update<S, R>> function) {
        return statefulMap(step, State.ofValues(), function);
    }

    /** As {@link #statefulMap(String, BiFunction)}, with state that is kept as {@code state} says. */
    public <S, R> KeyedStream<K, R> statefulMap(
            String step, State<S> state, BiFunction<? super Optional<S>, ? super V, Update<S, R>> function) {
        requireNonNull(function, "function");
        return keeping(step, "stateful map", state, () -> StatefulMapOperator.ofItems(function));
    }

    /** As {@link #statefulMap(String, BiFunction)}, with any number of items for each. */
    public <S, R> KeyedStream<K, R> statefulFlatMap(
            String step,
            BiFunction<? super Optional<S>, ? super V, ? extends Update<S, ? extends Iterable<? extends R>>> function) {
        return statefulFlatMap(step, State.ofValues(), function);
    }

    /** As {@link #statefulFlatMap(String, BiFunction)}, with state that is kept as {@code state} says. */
    public <S, R> KeyedStream<K, R> statefulFlatMap(
            String step,
            State<S> state,
            BiFunction<? super Optional<S>, ? super V, ? extends Update<S, ? extends Iterable<? extends R>>> function) {
        requireNonNull(function, "function");
        return keeping(step, "stateful flat map", state, () -> StatefulMapOperator.ofMany(function));
    }

    /** Gathers the items of a key in lists, each given when it is full or its time is over, see {@link Until}. */
    public KeyedStream<K, List<V>> collect(String step, Until until) {
        return collect(step, State.ofValues(), until);
    }

    /** As {@link #collect(String, Until)}, with items that are kept as {@code items} says until they are given. */
    public KeyedStream<K, List<V>> collect(String step, State<V> items, Until until) {
        requireNonNull(until, "until");
        return keeping(step, "collect", Collected.state(items), () -> new CollectOperator<>(until));
    }

    /**
     * Folds all items of a key, and gives the outcome at the end of bounded inputs; a later run begins anew.
     *
     * @param initial gives what the first item of a key is folded into
     * @param folder may change what it is given and give it back
     */
    public <S> KeyedStream<K, S> foldFinal(
            String step, Supplier<? extends S> initial, BiFunction<? super S, ? super V, ? extends S> folder) {
        return foldFinal(step, State.ofValues(), initial, folder);
    }

    /** As {@link #foldFinal(String, Supplier, BiFunction)}, with state that is kept as {@code state} says. */
    public <S> KeyedStream<K, S> foldFinal(
            String step,
            State<S> state,
            Supplier<? extends S> initial,
            BiFunction<? super S, ? super V, ? extends S> folder) {
        requireNonNull(initial, "initial");
        requireNonNull(folder, "folder");
        return keeping(step, "fold final", state, () -> FoldFinalOperator.folding(initial, folder));
    }

    /** As {@link #foldFinal}, beginning with the first item of a key. */
    public KeyedStream<K, V> reduceFinal(String step, BinaryOperator<V> reducer) {
        return reduceFinal(step, State.ofValues(), reducer);
    }

    /** As {@link #reduceFinal(String, BinaryOperator)}, with state that is kept as {@code state} says. */
    public KeyedStream<K, V> reduceFinal(String step, State<V> state, BinaryOperator<V> reducer) {
        requireNonNull(reducer, "reducer");
        return keeping(step, "reduce final", state, () -> FoldFinalOperator.reducing(reducer));
    }

    /** How many items of a key there were, at the end of bounded inputs; a later run begins anew. */
    public KeyedStream<K, Long> countFinal(String step) {
        return keeping(step, "count final", State.of(StateCodec.ofLong()), FoldFinalOperator::counting);
    }

    /** The greatest item of a key by {@code order}, the first of equal ones, at the end of bounded inputs. */
    public KeyedStream<K, V> maxFinal(String step, Comparator<? super V> order) {
        requireNonNull(order, "order");
        return reduceFinal(step, (before, item) -> order.compare(item, before) > 0 ? item : before);
    }

    /** The least item of a key by {@code order}, the first of equal ones, at the end of bounded inputs. */
    public KeyedStream<K, V> minFinal(String step, Comparator<? super V> order) {
        requireNonNull(order, "order");
        return reduceFinal(step, (before, item) -> order.compare(item, before) < 0 ? item : before);
    }

    private <S, R> KeyedStream<K, R> keeping(
            String step, String kind, State<S> state, Supplier<KeyedOperator<S>> operators) {
        String id = flow.keyed(
                step,
                List.of(this),
                full -> ItemStep.of(full, state, List.of(this), operators).as(kind));
        return new KeyedStream<>(flow, id, keyType);
    }
}
