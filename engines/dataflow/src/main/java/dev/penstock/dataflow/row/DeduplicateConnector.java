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

/** {@code deduplicate}: lets the first row of a key pass, and no other for a while. */
public final class DeduplicateConnector implements KeyedConnector {
    static final ConfigKey<Duration> WITHIN = ConfigKey.duration(
                    "within", "For how long after a row has passed others of its key are left out")
            .require()
            .min(1)
            .example("10m");

    private static final ConfigSpec SPEC =
            ConfigSpec.of(KeyColumns.KEY, WITHIN, TimeColumn.TIME, TimeColumn.WAIT, TimeColumn.IDLE_AFTER);

    @Override
    public ConnectorDescriptor descriptor() {
        return KeyedConnector.descriptor(
                "deduplicate", "Lets the first row of a key pass, and no other for a while", SPEC);
    }

    @Override
    public KeyedStep<?> step(String id, Config config) {
        return new Deduplicate(
                id,
                config.get(KeyColumns.KEY),
                TimeColumn.of(config),
                config.get(WITHIN).toNanos() / 1_000);
    }

    /**
     * The state is the time of the row that passed.
     *
     * @param within in microseconds
     */
    private record Deduplicate(String id, List<String> key, Optional<TimeColumn> time, long within)
            implements RowStep<Long> {
        @Override
        public List<Schema> outputs(List<Schema> inputs) {
            check(inputs.get(0));
            return List.of(inputs.get(0), inputs.get(0));
        }

        @Override
        public List<String> furtherOutputs() {
            return List.of("late");
        }

        @Override
        public StateCodec<Long> codec() {
            return StateCodec.ofLong();
        }

        @Override
        public String kind() {
            return "deduplicate";
        }

        @Override
        public KeyedOperator<Long> create() {
            return new FirstRows(this);
        }
    }

    private record FirstRows(Deduplicate step) implements KeyedOperator<Long> {
        private static final int LATE = 1;

        @Override
        public boolean endsKeys() {
            return false;
        }

        @Override
        public void onRows(KeyedRows rows, KeyContext<Long> context) {
            for (int i = 0; i < rows.count(); i++) {
                if (step.time.isEmpty()) {
                    judge(rows, i, context.processingTime(), context);
                } else {
                    long time = rows.batch().eventTime(rows.row(i));
                    if (isUnknowable(time, rows.watermark(i))) {
                        context.forward(LATE, rows, i);
                    } else {
                        judge(rows, i, time, context);
                    }
                }
            }
        }

        /** Whether the state that would tell may be forgotten already. */
        private boolean isUnknowable(long time, long watermark) {
            return watermark != KeyContext.NO_WATERMARK && time < watermark - step.within;
        }

        private void judge(KeyedRows rows, int index, long time, KeyContext<Long> context) {
            Optional<Long> passed = context.state();
            if (passed.isEmpty() || Math.abs(time - passed.get()) >= step.within) {
                context.forward(0, rows, index);
                long newest = Math.max(time, passed.orElse(time));
                context.put(newest);
                passed.ifPresent(before -> context.cancelTimer(forget(before)));
                context.setTimer(forget(newest));
            }
        }

        private Timer forget(long passed) {
            return step.timer(passed + step.within, 0);
        }

        @Override
        public void onTimer(Timer timer, KeyContext<Long> context) {
            context.drop();
        }
    }
}
