package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.testing.Leftovers;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.PassingOn;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits between threads, with several exchanges behind each other. */
final class QueueBytesTest {
    private static final long QUEUE_BYTES = 1 << 18;
    private static final int ROWS = 60_000;
    private static final int STEPS = 20;

    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();

    @RegisterExtension
    private final Leftovers leftovers = new Leftovers(source, target);

    @Test
    void isBoundedForAllExchangesTogether() {
        source.with("a", ROWS).with("b", ROWS);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AtomicReference<Double> most = new AtomicReference<>(0.0);
        AtomicBoolean first = new AtomicBoolean(true);
        target.beforeWrite(batch -> {
            if (first.getAndSet(false)) {
                untilNothingMoves(registry);
            }
            most.accumulateAndGet(queued(registry), Math::max);
        });

        Plans plans = Plans.from(source).workers(2).batchRows(300).queueBytes(QUEUE_BYTES);
        for (int step = 0; step < STEPS; step++) {
            plans = plans.keyed(new PassingOn("step-" + step));
        }
        EmbeddedEngine.of(plans.to(target)).withMeters(registry).run();

        assertThat(target.committed()).hasSize(2 * ROWS);
        assertThat(most.get()).isBetween(1.0, (double) QUEUE_BYTES);
    }

    /** All queues are full, for a hundred looks find the same. */
    private static void untilNothingMoves(SimpleMeterRegistry registry) {
        AtomicReference<Double> last = new AtomicReference<>(0.0);
        AtomicInteger same = new AtomicInteger();
        Waiting.until(() -> {
            double now = queued(registry);
            same.set(now == last.getAndSet(now) ? same.get() + 1 : 0);
            return same.get() == 100;
        });
    }

    private static double queued(SimpleMeterRegistry registry) {
        return registry.get("penstock.queue.bytes").gauge().value();
    }
}
