package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * Items of one type that flow from step to step; immutable. Each method adds a step, whose id is unique in its scope
 * and stable, because state and metrics are found by it. A stream may be used several times: each step that takes it
 * sees all items.
 *
 * <p>Functions are called by several threads, one a worker, on different items; they must not change what they are
 * given, and whatever they throw stops the pipeline with the id of the step in the message.
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

    /** Gives each item a key, a text: steps with memory keep one state a key. */
    public KeyedStream<String, T> keyBy(String step, Function<? super T, String> key) {
        return keyBy(step, KeyType.text(), key);
    }

    /** As {@link #keyBy(String, Function)}, with keys of another type. */
    public <K> KeyedStream<K, T> keyBy(String step, KeyType<K> type, Function<? super T, ? extends K> key) {
        throw new UnsupportedOperationException(step + type + key);
    }
}
