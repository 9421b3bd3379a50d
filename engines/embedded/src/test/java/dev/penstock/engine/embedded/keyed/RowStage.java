package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.row.KeyedConnector;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Drives a step of pipeline files: rows with seconds as times go in, what comes out is read as text. */
final class RowStage {
    private static final long MICROS = 1_000_000;

    final List<String> said = new ArrayList<>();
    private final KeyedStep<?> step;
    private final List<Schema> inputs;
    private final KeyedStage<?> stage;
    private long clockSeconds;
    private long watermark = KeyContext.NO_WATERMARK;

    RowStage(KeyedConnector connector, Map<String, ?> settings, Schema... inputs) {
        Config config = connector
                .descriptor()
                .spec(Role.TRANSFORM)
                .orElseThrow()
                .parse(settings)
                .orThrow();
        this.step = connector.step("step", config);
        this.inputs = List.of(inputs);
        this.stage = stage(step);
    }

    private <S> KeyedStage<S> stage(KeyedStep<S> of) {
        of.outputs(inputs); // as the engine does before it makes any stage
        return new KeyedStage<>(of, 0, inputs, () -> Instant.ofEpochSecond(clockSeconds), (output, batch) -> {
            String mark = output == 0 ? "" : of.furtherOutputs().get(output - 1) + " ";
            batch.toRows().forEach(row -> said.add(mark + row.values()));
        });
    }

    /** A row of the first input; the watermark follows it. */
    RowStage row(@Nullable Object... values) {
        return rowOf(0, values);
    }

    /** A row of {@code input}; the watermark follows the greatest time less what the step waits. */
    RowStage rowOf(int input, @Nullable Object... values) {
        RecordBatch batch = new BatchBuilder(inputs.get(input)).append(values).build();
        Optional<EventTime> time = step.eventTime(input);
        if (time.isEmpty()) {
            stage.rows(input, batch);
            return this;
        }
        long[] times = time.get().times().times(batch);
        stage.rows(input, batch.withEventTimes(times));
        long wait = time.get().outOfOrder().toNanos() / 1_000;
        if (times[0] != RecordBatch.NO_EVENT_TIME) {
            watermark = Math.max(watermark, times[0] - wait);
            stage.watermark(watermark);
        }
        return this;
    }

    /** The wall clock moves. */
    RowStage clock(long seconds) {
        clockSeconds = seconds;
        stage.advanceClock();
        return this;
    }

    RowStage end() {
        stage.end();
        return this;
    }

    long keys() {
        return stage.meters().keys();
    }

    static Instant at(double seconds) {
        return Instant.EPOCH.plusNanos(Math.round(seconds * MICROS) * 1_000);
    }
}
