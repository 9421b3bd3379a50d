package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Sink;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a program takes items itself. The factories here hand them to the program as they come, so after a crash some
 * come again; for anything stronger, implement {@link #create} with a {@link Sink} that reads its batches by
 * {@link #items}.
 *
 * @param <T> the items
 */
@FunctionalInterface
public interface ItemSink<T> {
    /**
     * A sink, not open, that takes rows of {@link ItemSource#COLUMNS}. Asked again when the pipeline is restarted after
     * a failure.
     */
    Sink create();

    /** What the sink promises; {@link Capability#AT_LEAST_ONCE} unless said otherwise. */
    default Set<Capability> capabilities() {
        return Set.of(Capability.AT_LEAST_ONCE);
    }

    /** The items of a batch that a sink of one's own was given, in order; {@code T} is the type of its stream. */
    static <T> List<T> items(RecordBatch batch) {
        return List.of(Items.<T>of(batch));
    }

    /** Adds the items to {@code list}, by one thread at a time; read it when the pipeline has ended. */
    static <T> ItemSink<T> collecting(List<? super T> list) {
        requireNonNull(list, "list");
        return () -> new ConsumerSink<T>(list, list::add);
    }

    /** Hands each item to {@code taker}, by one thread at a time; what it throws stops the pipeline. */
    static <T> ItemSink<T> forEach(Consumer<? super T> taker) {
        requireNonNull(taker, "taker");
        return () -> new ConsumerSink<T>(taker, taker);
    }
}
