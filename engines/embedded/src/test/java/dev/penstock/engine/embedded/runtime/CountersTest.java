package dev.penstock.engine.embedded.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

final class CountersTest {
    private final Counters counters =
            new Counters(Plans.from(new NumbersSource()).to(new MemoryTarget()));

    private static RecordBatch row() {
        return new BatchBuilder(NumbersSource.SCHEMA).append("a", 1L).build();
    }

    private static RecordBatch rowOf(Instant time) {
        return row().withEventTimes(new long[] {ChronoUnit.MICROS.between(Instant.EPOCH, time)});
    }

    @Test
    void knowsHowFarTheNewestRowLiesBack() {
        counters.read(Given.of(rowOf(Instant.now().minusSeconds(60))));
        counters.read(Given.of(rowOf(Instant.now().minusSeconds(600))));
        counters.read(Given.of(row()));

        assertThat(counters.progress().lag())
                .hasValueSatisfying(lag -> assertThat(lag).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(300)));
    }

    @Test
    void knowsNoLagOfRowsWithoutTime() {
        counters.read(Given.of(row()));

        assertThat(counters.progress().lag()).isEmpty();
        assertThat(counters.lagSeconds()).isNaN();
    }

    @Test
    void doesNotLagBehindRowsOfTheFuture() {
        counters.read(Given.of(rowOf(Instant.now().plusSeconds(60))));

        assertThat(counters.progress().lag()).contains(Duration.ZERO);
    }
}
