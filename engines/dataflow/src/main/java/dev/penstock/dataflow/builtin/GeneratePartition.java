package dev.penstock.dataflow.builtin;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Row {@code n} of partition {@code p} of {@code k} is row {@code n * k + p} of the whole. */
final class GeneratePartition implements SourcePartition {
    private static final long SALT_STEP = 0xD1B54A32D192ED03L;

    private final GenerateSettings settings;
    private final Schema schema;
    private final int number;
    private final long end;
    private final Clock clock;
    private final long startedMillis;
    private final long startedAt;
    private long next;

    GeneratePartition(GenerateSettings settings, int number, long next, Clock clock) {
        this.settings = settings;
        this.schema = settings.schema();
        this.number = number;
        this.end = settings.rowsOf(number);
        this.clock = clock;
        this.startedMillis = clock.millis();
        this.startedAt = next;
        this.next = next;
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (next >= end) {
            return new Poll.End(state());
        }
        long fitting = Math.max(1, maxBytes / Math.max(1, settings.bytesPerRow()));
        long due = Math.min(Math.min(maxRows, fitting), Math.min(end - next, allowed()));
        if (due <= 0) {
            return new Poll.Idle(state(), untilNextRow());
        }
        RecordBatch rows = rows((int) due);
        next += due;
        return new Poll.Rows(rows, state());
    }

    private ResumeState state() {
        return new GeneratePosition(next, settings.partitions()).state();
    }

    private long allowed() {
        return settings.rate()
                .map(rate -> startedAt + (long) (elapsedSeconds() * rate / settings.partitions()) - next)
                .orElse(Long.MAX_VALUE);
    }

    private double elapsedSeconds() {
        return (clock.millis() - startedMillis) / 1_000.0;
    }

    private Duration untilNextRow() {
        double perSecond = settings.rate().orElse(1L) / (double) settings.partitions();
        double waitSeconds = (next - startedAt + 1) / perSecond - elapsedSeconds();
        return Duration.ofMillis(Math.max(1, (long) Math.ceil(waitSeconds * 1_000)));
    }

    private RecordBatch rows(int count) {
        long first = next * settings.partitions() + number;
        List<Column> columns = new ArrayList<>(schema.size());
        long salt = settings.seed();
        for (GeneratedColumn column : settings.columns().values()) {
            salt += SALT_STEP;
            columns.add(column.make(new GeneratedColumn.Numbers(first, settings.partitions(), count, salt)));
        }
        return RecordBatch.of(schema, count, columns).withOrigin(new Rows(String.valueOf(number), next));
    }

    @Override
    public void close() {}

    private record Rows(String partition, long first) implements Origin {
        @Override
        public String partition(int row) {
            return partition;
        }

        @Override
        public String position(int row) {
            return "row " + (first + row);
        }
    }
}
