package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Items of one type that flow from step to step; immutable. Each method adds a step, whose id is unique in its scope
 * and stable, because state and metrics are found by it. A stream may be used several times: each step that takes it
 * sees all items.
 *
 * <p>Functions are called by several threads, one a worker, on different items; they must not change what they are
 * given, give equal results for equal items, and whatever they throw stops the pipeline with the id of the step in the
 * message.
 *
 * @param <T> the items, never null
 */
public final class Stream<T> {
    private final Flow flow;
    private final String nodeId;

    Stream(Flow flow, String nodeId) {
        this.flow = requireNonNull(flow, "flow");
        this.nodeId = requireNonNull(nodeId, "nodeId");
    }

    /** The flow it belongs to. */
    Flow flow() {
        return flow;
    }

    /** The id of the plan's node whose rows it is. */
    String nodeId() {
        return nodeId;
    }

    /** Puts what {@code function} gives in the place of each item. */
    public <R> Stream<R> map(String step, Function<? super T, ? extends R> function) {
        requireNonNull(function, "function");
        return next(step, "map", context -> ItemLoops.map(function, context.stepId()));
    }

    /** Puts the items that {@code function} gives, any number of them, in the place of each. */
    public <R> Stream<R> flatMap(String step, Function<? super T, ? extends Iterable<? extends R>> function) {
        requireNonNull(function, "function");
        return next(step, "flat map", context -> ItemLoops.flatMap(function, context.stepId()));
    }

    /**
     * Puts the items that {@code function} gives in the place of a batch of them. How many items make a batch is up to
     * the engine, so what a program means must not depend on it.
     */
    public <R> Stream<R> flatMapBatch(
            String step, Function<? super List<T>, ? extends Iterable<? extends R>> function) {
        requireNonNull(function, "function");
        return next(step, "flat map of batches", context -> ItemLoops.flatMapBatch(function, context.stepId()));
    }

    /** The items of each list of {@code lists}, in order. */
    public static <R> Stream<R> flatten(String step, Stream<? extends Iterable<? extends R>> lists) {
        return lists.flatMap(step, list -> list);
    }

    /** Leaves out the items that are not {@code wanted}. */
    public Stream<T> filter(String step, Predicate<? super T> wanted) {
        requireNonNull(wanted, "wanted");
        return next(step, "filter", context -> ItemLoops.filter(wanted));
    }

    /** Puts what {@code function} gives in the place of each item, and leaves out those it gives nothing for. */
    public <R> Stream<R> filterMap(String step, Function<? super T, Optional<? extends R>> function) {
        requireNonNull(function, "function");
        return next(step, "filter map", context -> ItemLoops.filterMap(function, context.stepId()));
    }

    /** Divides the stream; {@code condition} is asked once an item. */
    public Branch<T> branch(String step, Predicate<? super T> condition) {
        requireNonNull(condition, "condition");
        StepFunction function = StepFunction.items("branch", context -> ItemLoops.branch(condition));
        String id = flow.function(step, List.of(nodeId), function.twice());
        return new Branch<>(new Stream<>(flow, id), new Stream<>(flow, flow.output(id, "falses", 1)));
    }

    /** The items of this stream and of {@code others}, in no order between them. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Stream<T> merge(String step, Stream<? extends T>... others) {
        return merge(step, Streams.behind(this, List.of(others)));
    }

    /** The items of all of {@code streams}, of which there is at least one, in no order between them. */
    public static <T> Stream<T> merge(String step, List<? extends Stream<? extends T>> streams) {
        return Streams.merge(step, streams);
    }

    /**
     * Spreads the items over all workers, evenly and in no order: where a few partitions give all items and the steps
     * behind are slow.
     */
    public Stream<T> redistribute(String step) {
        String id = flow.claim(step);
        flow.add(new PlanNode.SpreadNode(id, List.of(nodeId)));
        return new Stream<>(flow, id);
    }

    /** Prints each item to standard output as {@code step W0 @1: item}, with its worker and epoch. */
    public Stream<T> inspect(String step) {
        return inspect(step, Streams.printing());
    }

    /** Shows each item to {@code inspector}. */
    public Stream<T> inspect(String step, Consumer<? super T> inspector) {
        requireNonNull(inspector, "inspector");
        return inspect(step, (id, item, epoch, worker) -> inspector.accept(item));
    }

    /** Shows each item, and where it is, to {@code inspector}. */
    public Stream<T> inspect(String step, Inspector<? super T> inspector) {
        requireNonNull(inspector, "inspector");
        return next(step, "inspect", context -> ItemLoops.inspect(inspector, context));
    }

    /** Stops the pipeline at the first item: for streams that are expected to have none. */
    public void raises(String step) {
        next(step, "raises", context -> ItemLoops.raise(context.stepId()));
    }

    /**
     * Puts what {@code mapper} makes of each item and of values looked up for it in the place of the item. What
     * {@code getter} gives for a key is kept on each worker as long as {@code options} say, and is not recovered.
     *
     * @param getter asks the outside; called by the thread of the worker, which waits for it
     * @param mapper is given the look-up by key, and the item
     * @param <K> what is looked up; has {@code equals} and {@code hashCode}
     */
    public <K, C, R> Stream<R> enrichCached(
            String step,
            Function<? super K, ? extends C> getter,
            BiFunction<? super Function<K, C>, ? super T, ? extends R> mapper,
            CacheOptions options) {
        EnrichCached<K, C, T, R> enrich = new EnrichCached<>(getter, mapper, options);
        return add(step, StepFunction.items("enrich", enrich::operator).uncertain());
    }

    /**
     * Puts what {@code function} gives, some time later and on another thread, in the place of each item. A batch is
     * complete before the next begins, so no item is under way when an epoch is sealed; a stage that fails stops the
     * pipeline.
     */
    public <R> Stream<R> mapAsync(
            String step, Function<? super T, ? extends CompletionStage<? extends R>> function, AsyncOptions options) {
        requireNonNull(function, "function");
        requireNonNull(options, "options");
        StepFunction added =
                StepFunction.items("async map", context -> new AsyncMap<>(function, options, context.stepId()));
        return add(step, added.uncertain());
    }

    /** Gives each item a key, a text: steps with memory keep one state a key. */
    public KeyedStream<String, T> keyBy(String step, Function<? super T, String> key) {
        return keyBy(step, KeyType.text(), key);
    }

    /** As {@link #keyBy(String, Function)}, with keys of another type. */
    public <K> KeyedStream<K, T> keyBy(String step, KeyType<K> type, Function<? super T, ? extends K> key) {
        requireNonNull(type, "type");
        requireNonNull(key, "key");
        StepFunction function = StepFunction.keyed("key by", context -> ItemLoops.keyBy(type, key, context.stepId()));
        return new KeyedStream<>(flow, flow.function(step, List.of(nodeId), function), type);
    }

    /** How many items of each key there were, at the end of bounded inputs; a later run begins anew. */
    public KeyedStream<String, Long> countFinal(String step, Function<? super T, String> key) {
        return flow.scope(step, () -> keyBy("key", key).countFinal("count"));
    }

    /** Writes each item into a row of {@code columns}, for connectors. */
    public RowStream toRows(String step, Schema columns, RowMapper<? super T> mapper) {
        requireNonNull(mapper, "mapper");
        StepFunction function =
                new StepFunction("write rows", List.of(columns), true, context -> RowLoops.write(columns, mapper));
        return new RowStream(flow, flow.function(step, List.of(nodeId), function));
    }

    /** Hands the items to the program itself. */
    public void to(String step, ItemSink<? super T> sink) {
        requireNonNull(sink, "sink");
        flow.add(ProgramConnector.sink(flow.claim(step), nodeId, sink));
    }

    /** Applies an operator that is a function of streams: {@code readings.then(Cleaning::checked)}. */
    public <R> R then(Function<? super Stream<T>, ? extends R> operator) {
        return operator.apply(this);
    }

    /**
     * As {@link #then(Function)}, with the steps of {@code operator} inside one of their own, see {@link Flow#scope}.
     */
    public <R> R then(String step, Function<? super Stream<T>, ? extends R> operator) {
        return flow.scope(step, () -> operator.apply(this));
    }

    private <R> Stream<R> next(String step, String kind, Function<FunctionContext, BatchOperator> operator) {
        return add(step, StepFunction.items(kind, operator));
    }

    private <R> Stream<R> add(String step, StepFunction function) {
        return new Stream<>(flow, flow.function(step, List.of(nodeId), function));
    }
}
