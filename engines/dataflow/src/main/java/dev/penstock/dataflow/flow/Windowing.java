package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.window.EarlyTrigger;
import dev.penstock.dataflow.window.WindowLogic;
import dev.penstock.dataflow.window.WindowOptions;
import dev.penstock.dataflow.window.WindowRows;
import dev.penstock.dataflow.window.WindowStep;
import dev.penstock.dataflow.window.Windower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Items of a keyed stream in windows, before it is said what becomes of them. Immutable: options give a changed copy,
 * and each operator adds a step with windows of its own, whose id begins with that of these.
 *
 * <p>Steps are <em>ordered</em> unless said otherwise: items wait until the watermark reaches them and are then taken
 * in the order of their times, those of one time as they came. Where the order cannot matter, in {@link #count},
 * {@link #max} and {@link #min}, items are taken as they come, which keeps less.
 *
 * @param <K> the keys
 * @param <V> the items
 */
public final class Windowing<K, V> {
    private final KeyedStream<K, V> stream;
    private final String id;
    private final Clock<V> clock;
    private final WindowOptions options;
    private final Optional<Boolean> ordered;
    private final StateCodec<V> codec;

    private Windowing(Windowing<K, V> from, WindowOptions options, Optional<Boolean> ordered, StateCodec<V> codec) {
        this.stream = from.stream;
        this.id = from.id;
        this.clock = from.clock;
        this.options = options;
        this.ordered = ordered;
        this.codec = codec;
    }

    /** The items of {@code stream} in windows; {@code id} was claimed. */
    Windowing(KeyedStream<K, V> stream, String id, Clock<V> clock, Windower windower) {
        TimeDomain domain = clock instanceof SystemClock ? TimeDomain.PROCESSING : TimeDomain.EVENT;
        this.stream = stream;
        this.id = id;
        this.clock = requireNonNull(clock, "clock");
        this.options = WindowOptions.of(windower, domain);
        this.ordered = Optional.empty();
        this.codec = StateCodec.ofValues();
    }

    /** Takes items in the order of their times, in every operator. */
    public Windowing<K, V> ordered() {
        return new Windowing<>(this, options, Optional.of(true), codec);
    }

    /** Takes items as they come, in every operator: nothing is kept but what operators make of items. */
    public Windowing<K, V> unordered() {
        return new Windowing<>(this, options, Optional.of(false), codec);
    }

    /**
     * Keeps windows until the watermark is behind their end by more than {@code allowed}. A late item that comes before
     * that changes its window at once, whatever the order of the step; a window that had closed gives a new result
     * then, marked {@link dev.penstock.dataflow.window.Firing#LATE}. If not said, every item behind the watermark goes
     * to {@link WindowedStream#late}.
     */
    public Windowing<K, V> allowedLateness(Duration allowed) {
        return new Windowing<>(this, options.withAllowedLateness(allowed), ordered, codec);
    }

    /** Gives results of open windows too, marked {@link dev.penstock.dataflow.window.Firing#EARLY}. */
    public Windowing<K, V> earlyTrigger(EarlyTrigger trigger) {
        return new Windowing<>(this, options.withTrigger(trigger), ordered, codec);
    }

    /** Keeps items that wait or are collected by {@code items}; by {@link StateCodec#ofValues} if not given. */
    public Windowing<K, V> codec(StateCodec<V> items) {
        return new Windowing<>(this, options, ordered, requireNonNull(items, "items"));
    }

    /** Folds the items of each window, see {@link Fold#of}. */
    public <A> Windowed<K, V, A> fold(
            String step,
            Supplier<? extends A> initial,
            BiFunction<? super A, ? super V, ? extends A> folder,
            BinaryOperator<A> merger) {
        return fold(step, Fold.of(initial, folder, merger));
    }

    /** Folds the items of each window. */
    public <A, R> Windowed<K, V, R> fold(String step, Fold<V, A, R> fold) {
        return apply(step, fold.logic());
    }

    /** Makes one item of two until one is left in each window. */
    public Windowed<K, V, V> reduce(String step, BinaryOperator<V> reducer) {
        return apply(step, new WindowReduction<>(reducer, codec));
    }

    /** How many items each window has. */
    public Windowed<K, V, Long> count(String step) {
        Fold<V, Long, Long> count = Fold.of(() -> 0L, (Long sum, V item) -> sum + 1, Long::sum);
        return unlessSaid(false).fold(step, count.codec(StateCodec.ofLong()));
    }

    /** The greatest item of each window; of equal ones, the first that was taken. */
    public Windowed<K, V, V> max(String step, Comparator<? super V> comparator) {
        requireNonNull(comparator, "comparator");
        return unlessSaid(false).reduce(step, (one, other) -> comparator.compare(one, other) >= 0 ? one : other);
    }

    /** The least item of each window; of equal ones, the first that was taken. */
    public Windowed<K, V, V> min(String step, Comparator<? super V> comparator) {
        requireNonNull(comparator, "comparator");
        return unlessSaid(false).reduce(step, (one, other) -> comparator.compare(one, other) <= 0 ? one : other);
    }

    /** All items of each window. */
    public Windowed<K, V, List<V>> collect(String step) {
        Fold<V, List<V>, List<V>> lists = Fold.of(ArrayList::new, Collecting::add, Collecting::addAll);
        return fold(step, lists.finish(List::copyOf).codec(StateCodec.ofList(codec)));
    }

    /** The different items of each window, in the order in which they came first. */
    public Windowed<K, V, Set<V>> collectSet(String step) {
        Fold<V, Set<V>, Set<V>> sets = Fold.of(LinkedHashSet::new, Collecting::add, Collecting::addAll);
        return fold(step, sets.finish(Collecting::copy).codec(StateCodec.ofSet(codec)));
    }

    /**
     * A map of the entries that {@code entry} makes of the items of each window; of several of a key the last counts.
     * Its keys and values are kept by {@link StateCodec#ofValues}.
     */
    public <M, N> Windowed<K, V, Map<M, N>> collectMap(
            String step, Function<? super V, ? extends Map.Entry<M, N>> entry) {
        requireNonNull(entry, "entry");
        Fold<V, Map<M, N>, Map<M, N>> maps =
                Fold.of(LinkedHashMap::new, (map, item) -> Collecting.put(map, entry.apply(item)), Collecting::putAll);
        return fold(step, maps.finish(Collecting::copy));
    }

    /** Runs logic of one's own on each window. */
    public <A, R> Windowed<K, V, R> apply(String step, WindowLogic<V, A, R> logic) {
        requireNonNull(logic, "logic");
        Flow flow = stream.flow();
        ItemWindows<V, R> rows = new ItemWindows<>(List.of(ItemTimes.eventTime(clock)), List.of(codec));
        return new Windowed<>(flow, stream.keyType(), step(step, List.of(stream), rows, logic));
    }

    /**
     * Puts the items of {@code other} into the same windows, to be joined with these by key. The options are those of
     * this.
     */
    public <W> WindowJoin2<K, V, W> join(KeyedStream<K, W> other, Clock<W> otherClock) {
        return join(other, otherClock, StateCodec.ofValues());
    }

    /** As {@link #join(KeyedStream, Clock)}, where items of {@code other} are kept by {@code otherCodec}. */
    public <W> WindowJoin2<K, V, W> join(KeyedStream<K, W> other, Clock<W> otherClock, StateCodec<W> otherCodec) {
        WindowJoinSpec<K> spec = WindowJoinSpec.of(this, new WindowJoinSpec.Side<>(stream, clock, codec));
        return new WindowJoin2<>(spec.with(new WindowJoinSpec.Side<>(other, otherClock, otherCodec)));
    }

    /** Adds a step and gives the id of its node. */
    <W, A, R> String step(
            String step, List<? extends KeyedStream<K, ?>> inputs, WindowRows<W, R> rows, WindowLogic<W, A, R> logic) {
        WindowOptions running = options.withOrdered(ordered.orElse(true));
        Flow flow = stream.flow();
        return flow.within(
                id, () -> flow.keyed(step, inputs, nodeId -> new WindowStep<>(nodeId, rows, logic, running)));
    }

    /** Whether times are those of items. */
    boolean isEventTime() {
        return options.clock() == TimeDomain.EVENT;
    }

    private Windowing<K, V> unlessSaid(boolean inOrder) {
        return new Windowing<>(this, options, Optional.of(ordered.orElse(inOrder)), codec);
    }
}
