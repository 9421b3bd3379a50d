package dev.penstock.engine.embedded.keyed;

import static java.util.Objects.requireNonNull;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums values by sensor and window of event time; emits a window when the watermark has passed it. */
final class TumblingSum implements KeyedStep<Map<Long, Long>> {
    static final long LENGTH = 100;
    static final Schema INPUT =
            Schema.of(Field.required("sensor", DataType.STRING), Field.required("value", DataType.INT64));
    static final Schema OUTPUT = Schema.of(
            Field.required("sensor", DataType.STRING),
            Field.required("start", DataType.INT64),
            Field.required("sum", DataType.INT64));

    @Override
    public String id() {
        return "sums";
    }

    @Override
    public List<List<String>> keyColumns() {
        return List.of(List.of("sensor"));
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        return List.of(OUTPUT);
    }

    @Override
    public StateCodec<Map<Long, Long>> codec() {
        return StateCodec.ofMap(StateCodec.ofLong(), StateCodec.ofLong());
    }

    @Override
    public KeyedOperator<Map<Long, Long>> create() {
        return new Sums();
    }

    /** Adds up. */
    private static final class Sums implements KeyedOperator<Map<Long, Long>> {
        @Override
        public void onRows(KeyedRows rows, KeyContext<Map<Long, Long>> context) {
            Map<Long, Long> sums = context.state().orElseGet(TreeMap::new);
            LongColumn values = (LongColumn) rows.batch().column("value");
            for (int i = 0; i < rows.count(); i++) {
                long time = rows.batch().eventTime(rows.row(i));
                if (time < context.watermark()) {
                    throw new IllegalStateException("late row at " + time + ", watermark " + context.watermark());
                }
                long start = Math.floorDiv(time, LENGTH) * LENGTH;
                sums.merge(start, values.get(rows.row(i)), Long::sum);
                context.setTimer(Timer.eventTime(start + LENGTH, start));
            }
            context.put(sums);
        }

        @Override
        public void onTimer(Timer timer, KeyContext<Map<Long, Long>> context) {
            Map<Long, Long> sums = context.state().orElseThrow();
            long sum = requireNonNull(sums.remove(timer.tag()));
            context.emit(0, context.key().values()[0], timer.tag(), sum);
            if (sums.isEmpty()) {
                context.drop();
            } else {
                context.put(sums);
            }
        }
    }
}
