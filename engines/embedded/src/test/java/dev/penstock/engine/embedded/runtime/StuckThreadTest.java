package dev.penstock.engine.embedded.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.EngineException;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Waiting;
import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StuckThreadTest {
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch loose = new CountDownLatch(1);
    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();

    @AfterEach
    void letsTheThreadGo() {
        loose.countDown();
        Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("penstock-test")));
    }

    @Test
    void neitherRestartsBesideAThreadThatDoesNotEndNorClosesWhatItUses() {
        source.with("busy", 1000).with("stuck", 1000).keeping();
        source.beforePoll((partition, position, maxWait) -> {
            if (partition.equals("stuck")) {
                stuck.countDown();
                awaitWhateverComes(loose);
            }
        });
        target.beforeWrite(batch -> {
            awaitWhateverComes(stuck);
            Waiting.until(() -> source.open() == 1); // the other partition has been read to its end
            throw new RetryableException("Cannot write: connection reset", Duration.ofNanos(1));
        });
        PipelineRun run = run(Plans.from(source).to(target));

        assertThatThrownBy(run::run)
                .isInstanceOf(EngineException.class)
                .hasMessageMatching("Cannot end thread 'penstock-test-read-\\d': it is stuck in a connector at "
                        + ".*StuckThreadTest\\.awaitWhateverComes\\(.*\\); end this process and run the pipeline again,"
                        + " .*; it was to end because: Cannot write: connection reset");
        assertThat(run.progress().restarts()).isZero();
        assertThat(source.openSources() + source.open()).isEqualTo(2);
        assertThat(target.openParts()).isEqualTo(3);
    }

    @Test
    void saysSoWhenAThreadOutlivesAStop() throws InterruptedException {
        source.with("stuck", 1000);
        source.beforePoll((partition, position, maxWait) -> {
            stuck.countDown();
            awaitWhateverComes(loose);
        });
        StopSignal stop = new StopSignal();
        PipelineRun run = run(Plans.from(source).to(target), stop);
        Thread stopper = new Thread(() -> {
            awaitWhateverComes(stuck);
            stop.set();
        });
        stopper.start();

        assertThatThrownBy(run::run)
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("Cannot end thread 'penstock-test-read-1'");
        stopper.join();
    }

    private static PipelineRun run(Plan plan) {
        return run(plan, new StopSignal());
    }

    private static PipelineRun run(Plan plan, StopSignal stop) {
        MemoryStore memory = new MemoryStore();
        return new PipelineRun(new Surroundings(
                plan,
                () -> memory,
                new WorkDirectories(Optional.empty()),
                new Counters(plan),
                Meters.NONE,
                InstantSource.system(),
                stop,
                new ArrayList<>(),
                Duration.ofMillis(20)));
    }

    /** As a native call that knows nothing of interrupts. */
    private static void awaitWhateverComes(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
