package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A stage of {@link Obedient} with a clock that stands until it is moved, and all that was said. */
final class ObedientStage {
    final AtomicLong millis = new AtomicLong(1_000);
    final List<String> said = new ArrayList<>();
    final KeyedStage<String> stage;

    ObedientStage() {
        this(Optional.empty());
    }

    ObedientStage(Optional<Duration> timeToLive) {
        this.stage = new KeyedStage<>(
                new Obedient(timeToLive),
                0,
                List.of(Obedient.INPUT),
                () -> Instant.ofEpochMilli(millis.get()),
                (output, batch) -> batch.toRows().forEach(row -> said.add(row.get("said", String.class))));
    }

    /** Hands over one batch of keys and orders, in turn. */
    void tell(String... keysAndOrders) {
        BatchBuilder rows = new BatchBuilder(Obedient.INPUT);
        for (int i = 0; i < keysAndOrders.length; i += 2) {
            rows.append(keysAndOrders[i], keysAndOrders[i + 1]);
        }
        RecordBatch batch = rows.build();
        stage.rows(0, batch);
    }
}
