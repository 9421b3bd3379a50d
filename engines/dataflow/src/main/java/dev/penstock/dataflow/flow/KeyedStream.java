package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

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
}
