package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.Optional;

/** The settings by which row steps follow the time in the rows rather than the clock. */
record TimeColumn(String column, Duration outOfOrder, Duration idleAfter) {
    static final ConfigKey<String> TIME = ConfigKey.string(
                    "time", "The column that says when a row happened; the wall clock when it arrives if not given")
            .example("created_at");
    static final ConfigKey<Duration> WAIT = ConfigKey.duration(
                    "wait", "How much earlier than the latest row before it a row may be and not be late")
            .defaultValue("0s");
    static final ConfigKey<Duration> IDLE_AFTER = ConfigKey.duration(
                    "idle-after", "How long a partition may give nothing before the others go on without it")
            .defaultValue("1m")
            .min(1);

    private static final long NANOS_PER_MICRO = 1_000;

    /** What is set, if rows have a time. */
    static Optional<TimeColumn> of(Config config) {
        return config.find(TIME).map(column -> new TimeColumn(column, config.get(WAIT), config.get(IDLE_AFTER)));
    }

    /** What is wrong with it for rows of {@code input}. */
    Optional<Problem> problem(Schema input) {
        if (input.find(column).isEmpty()) {
            return Optional.of(Problem.error(
                    TIME.name(),
                    Problem.Code.UNKNOWN,
                    "there is no column '" + column + "'",
                    NearestName.hint(column, input.names())));
        }
        DataType type = input.field(column).type();
        return type instanceof DataType.Timestamp
                ? Optional.empty()
                : Optional.of(Problem.error(
                        TIME.name(),
                        Problem.Code.WRONG_TYPE,
                        "column '" + column + "' is " + type.text() + ", not a timestamp",
                        "cast it first, for example - cast: { " + column + ": timestamp }"));
    }

    /** What the engine makes watermarks of. */
    EventTime eventTime() {
        return new EventTime(this::times, outOfOrder, idleAfter);
    }

    /** Rows without a time have {@link RecordBatch#NO_EVENT_TIME}. */
    private long[] times(RecordBatch batch) {
        Column values = batch.column(column);
        boolean nanos = values.type() instanceof DataType.Timestamp timestamp
                && timestamp.precision() == DataType.Precision.NANOS;
        long[] times = new long[batch.rowCount()];
        for (int row = 0; row < times.length; row++) {
            if (values.isNull(row)) {
                times[row] = RecordBatch.NO_EVENT_TIME;
            } else {
                long value = ((LongColumn) values).get(row);
                times[row] = nanos ? Math.floorDiv(value, NANOS_PER_MICRO) : value;
            }
        }
        return times;
    }
}
