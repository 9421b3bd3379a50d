package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.Firing;
import dev.penstock.dataflow.window.OpenWindow;
import dev.penstock.dataflow.window.WindowMetadata;
import dev.penstock.dataflow.window.WindowRows;
import dev.penstock.dataflow.window.WindowStep;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Windows over keyed streams.
 *
 * @param times when the items of each input happened, for those where the step says it
 * @param codecs how items of each input that wait are kept
 */
record ItemWindows<V, R>(List<Optional<EventTime>> times, List<StateCodec<V>> codecs) implements WindowRows<V, R> {
    private static final int OUTPUTS = 3;

    ItemWindows {
        times = List.copyOf(times);
        codecs = List.copyOf(codecs);
    }

    @Override
    public List<List<String>> keyColumns() {
        return Collections.nCopies(times.size(), List.of(Items.KEY));
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        return Collections.nCopies(OUTPUTS, Items.KEYED);
    }

    @Override
    public Optional<EventTime> eventTime(int input) {
        return times.get(input);
    }

    @Override
    public StateCodec<V> codec(int input) {
        return codecs.get(input);
    }

    @Override
    @SuppressWarnings("unchecked") // only typed methods make streams
    public V value(KeyedRows rows, int index) {
        return (V) requireNonNull(Items.column(rows.batch(), 1)[rows.row(index)]);
    }

    @Override
    public void result(OpenWindow window, Firing firing, R result, KeyContext<?> context) {
        WindowMetadata metadata = window.metadata();
        WindowResult<R> item =
                new WindowResult<>(metadata.windowId(), metadata.open(), metadata.close(), firing, result);
        context.emitAt(WindowStep.RESULTS, window.resultTime(), key(context), item);
    }

    @Override
    public void late(long windowId, long time, V value, KeyContext<?> context) {
        if (time == RecordBatch.NO_EVENT_TIME) {
            context.emit(WindowStep.LATE, key(context), new LateItem<>(windowId, value));
        } else {
            context.emitAt(WindowStep.LATE, time, key(context), new LateItem<>(windowId, value));
        }
    }

    @Override
    public void closed(OpenWindow window, KeyContext<?> context) {
        context.emitAt(WindowStep.META, window.resultTime(), key(context), window.metadata());
    }

    private static Object key(KeyContext<?> context) {
        return requireNonNull(context.key().values()[0]);
    }
}
