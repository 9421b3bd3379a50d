package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.testing.Leftovers;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Waiting;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Routing;
import dev.penstock.spi.data.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class PartitionsAndWorkersTest {
    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();

    @RegisterExtension
    private final Leftovers leftovers = new Leftovers(source, target);

    @TempDir
    private Path state;

    private RunReport run(Plan plan) {
        return EmbeddedEngine.of(plan).run();
    }

    @Test
    void retriesAPartitionWithoutRestartingTheOthers() {
        AtomicInteger failures = new AtomicInteger();
        source.with("a", 5_000).with("b", 5_000);
        source.beforePoll((partition, position, maxWait) -> {
            if (partition.equals("a") && position == 2000 && failures.incrementAndGet() < 3) {
                throw new RetryableException("Cannot read: connection reset", Duration.ofMillis(1));
            }
        });

        RunReport report = run(Plans.from(source).to(target));

        assertThat(report.totals().restarts()).isZero();
        assertThat(target.committed()).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void findsPartitionsThatAppearWhileItRunsAndForgetsThoseThatVanish() throws InterruptedException {
        source.with("a", 10).with("b", 10).discovering();
        EmbeddedEngine engine =
                EmbeddedEngine.of(Plans.from(source).state(state).to(target));
        Thread stopper = new Thread(() -> {
            Waiting.until(() -> target.committed().size() == 20);
            source.with("c", 10);
            Waiting.until(() -> target.committed().size() == 30);
            source.remove("a");
            Waiting.until(() -> target.committed().size() == 31);
            engine.stop();
        });
        stopper.start();
        RunReport report = engine.run();
        stopper.join();

        assertThat(report.totals().sourceOperations()).containsEntry(Operation.DELETE, 1L);
        source.with("a", 5);
        EmbeddedEngine next = EmbeddedEngine.of(Plans.from(source).state(state).to(target));
        Waiting.stopWhen(next, () -> target.committed().size() == 36).join(1);
        next.run();
    }

    @Test
    void asksAPartitionThatSaysItHasSomethingWithoutWaitingForItsPause() {
        AtomicInteger polls = new AtomicInteger();
        source.with("a", 0).with("b", 0).endless().pausing(Duration.ofHours(1));
        source.beforePoll((partition, position, maxWait) -> polls.incrementAndGet());
        EmbeddedEngine engine = EmbeddedEngine.of(Plans.from(source).to(target));
        Thread teller = new Thread(() -> {
            Waiting.until(() -> polls.get() == 2);
            source.with("a", 10);
            Waiting.until(() -> target.committed().size() == 10);
            source.with("b", 10);
        });
        teller.start();
        Waiting.stopWhen(engine, () -> target.committed().size() == 20);

        engine.run();

        assertThat(target.committed()).hasSize(20).doesNotHaveDuplicates();
        assertThat(polls.get())
                .as("polls, one of which says that there is nothing")
                .isBetween(4, 8);
    }

    @Test
    void saysWhatBecameOfAPartitionThatVanishedBetweenRuns() {
        source.with("a", 10).with("b", 10);
        run(Plans.from(source).state(state).to(target));
        source.remove("a");

        run(Plans.from(source).state(state).to(target));
        RunReport third = run(Plans.from(source).state(state).to(target));

        assertThat(target.committed()).hasSize(21);
        assertThat(third.totals().rows()).isZero();
        assertThat(third.totals().partitions()).isEqualTo(1);
    }

    @Test
    void opensFewOfManyPartitionsAtOnce() {
        for (int index = 0; index < 10_000; index++) {
            source.with("p" + index, 3);
        }
        source.keeping();

        RunReport report = run(Plans.from(source).state(state).to(target));

        assertThat(report.totals().partitions()).isEqualTo(10_000);
        assertThat(target.committed()).hasSize(30_000).doesNotHaveDuplicates();
        assertThat(source.mostOpen()).isLessThan(20);
    }

    @Test
    void writesWithSeveralWorkers() {
        for (int index = 0; index < 10; index++) {
            source.with("p" + index, 5_000);
        }

        run(Plans.from(source).workers(4).to(target));

        assertThat(target.committed()).hasSize(50_000).doesNotHaveDuplicates();
        assertThat(target.writerThreads()).isEqualTo(4);
    }

    @Test
    void givesAllRowsOfAKeyToOneWriter() {
        for (int index = 0; index < 10; index++) {
            source.with("p" + index, 5_000);
        }
        Map<Object, Set<String>> threads = new ConcurrentHashMap<>();
        target.routing(new Routing.ByKey(List.of("number")))
                .beforeWrite(batch -> batch.toRows()
                        .forEach(row -> threads.computeIfAbsent(row.get("number", Long.class), key -> new HashSet<>())
                                .add(Thread.currentThread().getName())));

        run(Plans.from(source).workers(3).to(target));

        assertThat(target.committed()).hasSize(50_000).doesNotHaveDuplicates();
        assertThat(threads.values()).allMatch(names -> names.size() == 1);
        assertThat(target.writerThreads()).isEqualTo(3);
    }

    @Test
    void givesAllRowsToTheOnlyWriterOfASinkThatWantsOne() {
        MemoryTarget dead = new MemoryTarget().routing(new Routing.Single());
        for (int index = 0; index < 10; index++) {
            source.with("p" + index, 5_000);
        }
        source.badAt(100);
        target.routing(new Routing.Single()).rejecting(row -> Long.valueOf(17).equals(row.get("number")));

        RunReport report = run(Plans.from(source).workers(4).deadLetters(dead).to(target));

        assertThat(target.committed()).hasSize(49_980).doesNotHaveDuplicates();
        assertThat(dead.committed()).hasSize(20);
        assertThat(report.totals().deadLetters()).isEqualTo(20);
        assertThat(target.writerThreads() + dead.writerThreads()).isEqualTo(2);
    }

    @Test
    void goesOnWithAnotherNumberOfWorkers() throws InterruptedException {
        for (int index = 0; index < 10; index++) {
            source.with("p" + index, 20_000);
        }
        int[] workers = {1, 4, 2, 5, 3};
        for (int round = 0; round < workers.length; round++) {
            int enough = 20_000 * round;
            target.beforeWrite(batch -> Waiting.pause(1));
            EmbeddedEngine engine = EmbeddedEngine.of(
                    Plans.from(source).state(state).workers(workers[round]).to(target));
            Thread stopper = Waiting.stopWhen(engine, () -> target.committed().size() > enough);
            engine.run();
            stopper.join();
        }
        target.beforeWrite(batch -> {});
        run(Plans.from(source).state(state).workers(2).to(target));

        assertThat(target.committed()).hasSize(200_000).doesNotHaveDuplicates();
        assertThat(target.openTransactions()).isZero();
    }
}
