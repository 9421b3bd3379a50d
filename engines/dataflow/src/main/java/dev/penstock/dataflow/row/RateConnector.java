package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code rate}: lets so many rows of a key pass in each period, and hands the others to an output of their own. */
public final class RateConnector implements KeyedConnector {
    static final ConfigKey<Integer> ROWS = ConfigKey.integer("rows", "How many rows of a key pass in each period")
            .require()
            .min(1)
            .example("100");
    static final ConfigKey<Duration> PER = ConfigKey.duration(
                    "per", "The period; periods begin at multiples of it since 1970")
            .require()
            .min(1)
            .example("1m");

    private static final ConfigSpec SPEC =
            ConfigSpec.of(KeyColumns.KEY, ROWS, PER, TimeColumn.TIME, TimeColumn.WAIT, TimeColumn.IDLE_AFTER);

    @Override
    public ConnectorDescriptor descriptor() {
        return KeyedConnector.descriptor("rate", "Lets so many rows of a key pass in each period", SPEC);
    }

    @Override
    public KeyedStep<?> step(String id, Config config) {
        return new Rate(
                id,
                config.get(KeyColumns.KEY),
                TimeColumn.of(config),
                new Limit(config.get(ROWS), config.get(PER).toNanos() / 1_000));
    }

    /**
     * What may pass.
     *
     * @param period in microseconds
     */
    private record Limit(int rows, long period) {}

    /** The state counts the rows of the periods that are not over. */
    private record Rate(String id, List<String> key, Optional<TimeColumn> time, Limit limit)
            implements RowStep<PeriodCounts> {
        @Override
        public List<Schema> outputs(List<Schema> inputs) {
            check(inputs.get(0));
            return List.of(inputs.get(0), inputs.get(0), inputs.get(0));
        }

        @Override
        public List<String> furtherOutputs() {
            return List.of("over", "late");
        }

        @Override
        public StateCodec<PeriodCounts> codec() {
            return PeriodCounts.CODEC;
        }

        @Override
        public String kind() {
            return "rate";
        }

        @Override
        public KeyedOperator<PeriodCounts> create() {
            return new FewRows(this);
        }
    }

    private record FewRows(Rate step) implements KeyedOperator<PeriodCounts> {
        private static final int OVER = 1;
        private static final int LATE = 2;

        @Override
        public boolean endsKeys() {
            return false;
        }

        @Override
        public void onRows(KeyedRows rows, KeyContext<PeriodCounts> context) {
            PeriodCounts counts = context.state().orElseGet(PeriodCounts::new);
            for (int i = 0; i < rows.count(); i++) {
                long time = step.time.isPresent() ? rows.batch().eventTime(rows.row(i)) : context.processingTime();
                context.forward(output(counts, time, rows.watermark(i), context), rows, i);
            }
            if (!counts.isEmpty()) {
                context.put(counts);
            }
        }

        private int output(PeriodCounts counts, long time, long watermark, KeyContext<PeriodCounts> context) {
            if (step.time.isPresent() && time < watermark) {
                return LATE;
            }
            long period = Math.floorDiv(time, step.limit.period);
            int before = counts.increment(period);
            if (before == 0) {
                context.setTimer(step.timer((period + 1) * step.limit.period, period));
            }
            return before < step.limit.rows ? 0 : OVER;
        }

        @Override
        public void onTimer(Timer timer, KeyContext<PeriodCounts> context) {
            context.state().ifPresent(counts -> {
                counts.forget(timer.tag());
                if (counts.isEmpty()) {
                    context.drop();
                } else {
                    context.put(counts);
                }
            });
        }
    }
}
