package dev.penstock.dataflow.window;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Optional;

/**
 * The columns around a step with windows: how values come out of rows, and how results become rows. Immutable; called
 * by several threads at once.
 *
 * @param <V> the values
 * @param <R> the results
 */
public interface WindowRows<V, R> {
    /** As {@link dev.penstock.dataflow.operator.KeyedStep#keyColumns}. */
    List<List<String>> keyColumns();

    /** As {@link dev.penstock.dataflow.operator.KeyedStep#outputs}: of results, of late values, of metadata. */
    List<Schema> outputs(List<Schema> inputs);

    /** As {@link dev.penstock.dataflow.operator.KeyedStep#furtherOutputs}. */
    default List<String> furtherOutputs() {
        return List.of("late", "meta");
    }

    /** As {@link dev.penstock.dataflow.operator.KeyedStep#eventTime}. */
    Optional<EventTime> eventTime(int input);

    /** How values of {@code input} are kept that wait for their turn. */
    StateCodec<V> codec(int input);

    /** The value of a row. In an ordered step it is kept for later and must not be a view of the batch. */
    V value(KeyedRows rows, int index);

    /** Emits a result. */
    void result(OpenWindow window, Firing firing, R result, KeyContext<?> context);

    /** Emits the value of a late row, once for each window that it would have been in. */
    void late(long windowId, long time, V value, KeyContext<?> context);

    /** Emits what is known of a window that has closed. */
    void closed(OpenWindow window, KeyContext<?> context);
}
