package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.store.StateInUseException;
import dev.penstock.engine.embedded.store.StateUnavailableException;
import dev.penstock.engine.embedded.testing.FailingStore;
import dev.penstock.engine.embedded.testing.Leftovers;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Waiting;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.RetryableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineFaultsTest {
    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();

    @RegisterExtension
    private final Leftovers leftovers = new Leftovers(source, target);

    @TempDir
    private Path state;

    private Plans plans() {
        return Plans.from(source).state(state);
    }

    @Test
    void refusesToRunAPipelineTwiceAtOnce() throws InterruptedException {
        source.with("a", 10).endless();
        EmbeddedEngine first = EmbeddedEngine.of(plans().to(target));
        Thread running = new Thread(first::run);
        running.start();
        Waiting.until(() -> target.committed().size() == 10);

        assertThatThrownBy(() -> EmbeddedEngine.of(plans().to(target)).run())
                .isInstanceOf(StateInUseException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());

        first.stop();
        running.join();
    }

    @Test
    void leavesTheWorkOfAnotherRunAloneWhenItIsRefused() throws IOException, InterruptedException {
        source.with("a", 10).endless();
        EmbeddedEngine first = EmbeddedEngine.of(plans().to(target));
        Thread running = new Thread(first::run);
        running.start();
        Waiting.until(() -> target.committed().size() == 10);
        Path work = Files.createDirectories(state.resolve("test.work/out"));
        Path spilled = Files.writeString(work.resolve("spilled"), "rows of the first run");

        assertThatThrownBy(() -> EmbeddedEngine.of(plans().to(target)).run()).isInstanceOf(StateInUseException.class);

        assertThat(spilled).hasContent("rows of the first run");
        first.stop();
        running.join();
        assertThat(spilled).doesNotExist();
    }

    @Test
    void closesAllReadersAlthoughOneFailsToClose() throws InterruptedException {
        source.with("a", 10).with("b", 10).with("c", 10).endless().failingToClose();
        EmbeddedEngine engine = EmbeddedEngine.of(plans().to(target));
        Thread stopper = Waiting.stopWhen(engine, () -> target.committed().size() == 30);

        assertThat(engine.run().ending()).isEqualTo(Ending.STOPPED);

        stopper.join();
        assertThat(source.open()).isZero();
    }

    @Test
    void losesNothingWhenTheDiskOfItsStateIsFullForAWhile() {
        source.with("a", 30_000);
        FailingStore store = new FailingStore(state, "test");
        Plan plan = plans().interval(Duration.ofMillis(1)).to(target);
        store.failSealsAfter(1);
        source.beforePoll((partition, position, maxWait) -> {
            if (position == 10_000) {
                Waiting.until(() -> target.commits() > 0);
            }
        });

        assertThatThrownBy(() -> EmbeddedEngine.of(plan, Optional.of(store)).run())
                .isInstanceOf(StateUnavailableException.class)
                .hasMessage("Cannot seal: no space is left");

        EmbeddedEngine.of(plan).run();
        assertThat(target.committed()).hasSize(30_000).doesNotHaveDuplicates();
        assertThat(target.openTransactions()).isZero();
    }

    @Test
    void releasesNothingUpstreamThatIsNotDurable() {
        source.with("a", 10_000);
        FailingStore store = new FailingStore(state, "test");
        store.failSealsAfter(0);

        assertThatThrownBy(() -> EmbeddedEngine.of(plans().to(target), Optional.of(store))
                        .run())
                .isInstanceOf(StateUnavailableException.class);

        assertThat(source.released("a")).isZero();
        assertThat(target.committed()).isEmpty();
    }

    @Test
    void stopsWhenAnotherIncarnationHasClaimedTheSink() {
        source.with("a", 10);
        target.beforeCommit(() -> {
            throw new FencedException("Cannot commit: a newer incarnation has claimed the table");
        });

        assertThatThrownBy(() -> EmbeddedEngine.of(plans().to(target)).run()).isInstanceOf(FencedException.class);
    }

    @Test
    void stopsWhenAPositionIsLost() {
        source.with("a", 10).beforePoll((partition, position, maxWait) -> {
            throw new ResumeLostException(partition, "number 5", "it starts at 7 now", "reset the state");
        });

        assertThatThrownBy(() -> EmbeddedEngine.of(plans().to(target)).run())
                .isInstanceOf(ResumeLostException.class)
                .hasMessage("Cannot resume partition 'a' at number 5: it starts at 7 now; reset the state");
    }

    @Test
    void namesTheFaultOfAConnectorThatBreaksItsContract() {
        source.with("a", 10);
        target.beforeWrite(batch -> {
            throw new IllegalStateException("boom");
        });

        assertThatThrownBy(() -> EmbeddedEngine.of(plans().to(target)).run())
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("Cannot go on with pipeline 'test': unexpected IllegalStateException: boom")
                .hasRootCauseMessage("boom");
    }

    @Test
    void holdsReadersUpWhileASinkIsSlow() throws InterruptedException {
        AtomicLong read = new AtomicLong();
        CountDownLatch slow = new CountDownLatch(1);
        source.with("a", 100_000).with("b", 100_000);
        source.beforePoll((partition, position, maxWait) -> read.accumulateAndGet(position, Math::max));
        target.beforeWrite(batch -> awaitQuietly(slow));
        EmbeddedEngine engine = EmbeddedEngine.of(plans().queueBytes(200_000).to(target));
        Thread running = new Thread(engine::run);
        running.start();
        AtomicLong before = new AtomicLong(-1);
        Waiting.until(() -> {
            Waiting.pause(100);
            return read.get() > 0 && before.getAndSet(read.get()) == read.get();
        });

        assertThat(read.get()).isLessThan(20_000);

        slow.countDown();
        running.join();
        assertThat(target.committed()).hasSize(200_000).doesNotHaveDuplicates();
    }

    @Test
    void readsABusyPartitionAtFullSpeedBesideASleepyOne() {
        source.with("busy", 100_000).with("sleepy", 3);
        source.beforePoll((partition, position, maxWait) -> {
            if (partition.equals("sleepy")) {
                Waiting.pause(200);
            }
        });

        RunReport report = EmbeddedEngine.of(plans().to(target)).run();

        assertThat(target.committed()).hasSize(100_003).doesNotHaveDuplicates();
        assertThat(report.totals().restarts()).isZero();
    }

    @Test
    void givesUpQuicklyWhenItsThreadIsInterrupted() throws InterruptedException {
        source.with("a", 10).endless();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread running = new Thread(() -> {
            try {
                EmbeddedEngine.of(plans().to(target)).run();
            } catch (EngineException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
            }
        });
        running.start();
        Waiting.until(() -> target.committed().size() == 10);
        running.interrupt();
        running.join();

        assertThat(thrown.get()).hasMessageContaining("its thread was interrupted");
    }

    @Test
    void stopsWhileItWaitsToTryAgain() throws InterruptedException {
        source.with("a", 10);
        target.beforeWrite(batch -> {
            throw new RetryableException("Cannot write: busy", Duration.ofMinutes(5));
        });
        EmbeddedEngine engine = EmbeddedEngine.of(plans().to(target));
        Thread stopper = Waiting.stopWhen(engine, () -> engine.progress().restarts() == 1);

        RunReport report = engine.run();

        stopper.join();
        assertThat(report.ending()).isEqualTo(Ending.STOPPED);
        assertThat(report.notes()).containsExactly("Stopped while waiting to try again after: Cannot write: busy");
    }

    @Test
    void stopsAtOnceWhenAskedBeforeItRuns() {
        source.with("a", 10).endless();
        EmbeddedEngine engine = EmbeddedEngine.of(plans().to(target));
        engine.stop();

        assertThat(engine.run().ending()).isEqualTo(Ending.STOPPED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void writesEachRowOnceWhateverFailsNowAndThen(long seed) {
        for (int index = 0; index < 7; index++) {
            source.with("p" + index, 10_000);
        }
        ConcurrentHashMap<Thread, SplittableRandom> randoms = new ConcurrentHashMap<>();
        AtomicLong next = new AtomicLong(seed * 1000);
        Runnable fault = () -> {
            SplittableRandom random = randoms.computeIfAbsent(
                    Thread.currentThread(), thread -> new SplittableRandom(next.incrementAndGet()));
            if (random.nextInt(250) == 0) {
                throw new RetryableException("Cannot go on: injected by seed " + seed, Duration.ofNanos(1));
            }
        };
        source.beforePoll((partition, position, maxWait) -> fault.run());
        target.beforeWrite(batch -> fault.run());
        target.beforeCommit(fault);

        EmbeddedEngine.of(plans().workers(1 + (int) (seed % 4))
                        .interval(Duration.ofMillis(2))
                        .maxRestarts(100)
                        .to(target))
                .run();

        assertThat(target.committed()).hasSize(70_000).doesNotHaveDuplicates();
        assertThat(target.openTransactions()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
