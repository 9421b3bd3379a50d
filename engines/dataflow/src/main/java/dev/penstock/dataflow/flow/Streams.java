package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.Passing;
import dev.penstock.dataflow.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** What streams and keyed streams have in common. */
final class Streams {
    private Streams() {}

    static <S> List<S> behind(S first, List<? extends S> others) {
        List<S> all = new ArrayList<>(others.size() + 1);
        all.add(first);
        all.addAll(others);
        return all;
    }

    static <T> Stream<T> merge(String step, List<? extends Stream<? extends T>> streams) {
        Flow flow = first(step, streams).flow();
        String id = flow.claim(step);
        streams.forEach(stream -> flow.checkOwn(stream.flow(), id));
        flow.add(new PlanNode.FunctionNode(
                id, streams.stream().map(Stream::nodeId).toList(), Passing.INSTANCE));
        return new Stream<>(flow, id);
    }

    static <K, V> KeyedStream<K, V> mergeKeyed(String step, List<? extends KeyedStream<K, ? extends V>> streams) {
        KeyedStream<K, ? extends V> first = first(step, streams);
        Flow flow = first.flow();
        String id = flow.claim(step);
        streams.forEach(stream -> flow.checkOwn(stream.flow(), id));
        flow.add(new PlanNode.FunctionNode(
                id, streams.stream().map(KeyedStream::nodeId).toList(), Passing.INSTANCE));
        return new KeyedStream<>(flow, id, first.keyType());
    }

    private static <S> S first(String step, List<S> streams) {
        if (streams.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot add step '" + step + "': it merges no streams; give at least one");
        }
        return streams.get(0);
    }

    /** Prints where an item is, and the item. */
    static Inspector<Object> printing() {
        return (step, item, epoch, worker) -> System.out.println(step + " W" + worker + " @" + epoch + ": " + item);
    }
}
