package dev.penstock.engine.embedded.testing;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Sums values by sensor and tumbling window of event time, over any number of inputs. Output 0 has the sums, when the
 * watermark has passed the window; output 1 the late rows.
 *
 * @param eventTime of all inputs; empty if the rows carry it
 */
public record WindowSums(String id, int inputs, long length, Optional<EventTime> eventTime)
        implements KeyedStep<Map<Long, Long>> {
    /** The columns of each input and output: {@code time} is the start of the window in sums. */
    public static final Schema SCHEMA = Schema.of(
            Field.required("sensor", DataType.STRING),
            Field.required("time", DataType.INT64),
            Field.required("value", DataType.INT64));

    /** Sums over one input, whose rows may be {@code outOfOrder} microseconds late. */
    public static WindowSums of(String id, long length, long outOfOrder) {
        return new WindowSums(id, 1, length, Optional.of(time(outOfOrder, EventTime.DEFAULT_IDLE_AFTER)));
    }

    /** The times of rows of {@link #SCHEMA}. */
    public static EventTime time(long outOfOrder, Duration idleAfter) {
        return new EventTime(
                batch -> ((LongColumn) batch.column("time")).values(), Duration.ofNanos(outOfOrder * 1_000), idleAfter);
    }

    @Override
    public List<List<String>> keyColumns() {
        return Collections.nCopies(inputs, List.of("sensor"));
    }

    @Override
    public List<Schema> outputs(List<Schema> of) {
        return List.of(SCHEMA, SCHEMA);
    }

    @Override
    public Optional<EventTime> eventTime(int input) {
        return eventTime;
    }

    @Override
    public StateCodec<Map<Long, Long>> codec() {
        return StateCodec.ofMap(StateCodec.ofLong(), StateCodec.ofLong()).withoutChanges();
    }

    @Override
    public Optional<ToIntFunction<Map<Long, Long>>> openWindows() {
        return Optional.of(Map::size);
    }

    @Override
    public KeyedOperator<Map<Long, Long>> create() {
        return new Sums(length);
    }

    private record Sums(long length) implements KeyedOperator<Map<Long, Long>> {
        @Override
        public void onRows(KeyedRows rows, KeyContext<Map<Long, Long>> context) {
            Map<Long, Long> sums = new TreeMap<>(context.state().orElseGet(Map::of));
            LongColumn values = (LongColumn) rows.batch().column("value");
            for (int i = 0; i < rows.count(); i++) {
                long time = rows.batch().eventTime(rows.row(i));
                long value = values.get(rows.row(i));
                if (time < rows.watermark(i)) {
                    context.emit(1, context.key().values()[0], time, value);
                    continue;
                }
                long start = Math.floorDiv(time, length) * length;
                sums.merge(start, value, Long::sum);
                context.setTimer(Timer.eventTime(start + length, start));
            }
            keep(sums, context);
        }

        private static void keep(Map<Long, Long> sums, KeyContext<Map<Long, Long>> context) {
            if (sums.isEmpty()) {
                context.drop();
            } else {
                context.put(sums);
            }
        }

        @Override
        public void onTimer(Timer timer, KeyContext<Map<Long, Long>> context) {
            Map<Long, Long> sums = new TreeMap<>(context.state().orElseThrow());
            long sum = requireNonNull(sums.remove(timer.tag()));
            context.emitAt(0, timer.time() - 1, context.key().values()[0], timer.tag(), sum);
            keep(sums, context);
        }
    }
}
