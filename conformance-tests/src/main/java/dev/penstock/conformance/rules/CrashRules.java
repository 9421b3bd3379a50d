package dev.penstock.conformance.rules;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The rules about sinks whose process is killed. Each life recovers what the one before it left and is killed at the
 * next point, all on one target, so that a kill costs no more than the start of a process.
 */
public final class CrashRules {
    private static final Set<CrashPoint> PLAIN = EnumSet.of(CrashPoint.AFTER_WRITE, CrashPoint.AFTER_FLUSH);
    private static final Set<CrashPoint> TRANSACTIONAL = EnumSet.range(CrashPoint.AFTER_WRITE, CrashPoint.DURING_CLAIM);
    private static final int MOST_RANDOM_MILLIS = 60;
    private static final int MOST_FLUSHED = 1_000;

    private CrashRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return Stream.of(plain(), transactional()).flatMap(List::stream).toList();
    }

    private static List<Rule> plain() {
        return List.of(
                Rule.of(
                                "SA-01",
                                Tier.T3,
                                "After flush or commit returns, every row written before is durable and can be read",
                                CrashRules::durable)
                        .of(Role.SINK)
                        .needing(Capability.AT_LEAST_ONCE)
                        .onEachEngine(),
                Rule.of("SA-02", Tier.T3, "A crash anywhere loses no row", CrashRules::atLeastOnce)
                        .of(Role.SINK)
                        .needing(Capability.AT_LEAST_ONCE)
                        .onEachEngine());
    }

    private static List<Rule> transactional() {
        return List.of(
                Rule.of(
                                "ST-05",
                                Tier.T3,
                                "Each row is visible exactly once after crashes at each of the seven points",
                                CrashRules::exactlyOnce)
                        .of(Role.SINK)
                        .needing(Capability.TRANSACTIONAL)
                        .onEachEngine(),
                Rule.of(
                                "ST-12",
                                Tier.T3,
                                "With another number of writers pending handles are committed and strays aborted",
                                CrashRules::rescale)
                        .of(Role.SINK)
                        .needing(Capability.TRANSACTIONAL)
                        .onEachEngine());
    }

    /**
     * One partition and one writer, so that "written before" is a number; the process ends the moment that flush or
     * commit returns.
     */
    private static void durable(Trial trial) throws InterruptedException {
        SinkPipeline lives = new SinkPipeline(trial, trial.engine(), 1);
        CrashPoint point = isTransactional(trial) ? CrashPoint.AFTER_COMMIT : CrashPoint.AFTER_FLUSH;
        long safe = lives.crash(point, 1 + trial.random().nextInt(3), 1);
        lives.note();
        List<NumberedRow> written = NumberedRow.inserts(trial.seed(), 0, 0, safe);
        HistoryChecker.atLeastOnce(written)
                .allowing(NumberedRow.inserts(trial.seed(), 0, safe, safe + MOST_FLUSHED))
                .verify(
                        trial.fixture().sink().visible(),
                        "SinkWriter.flush, or SinkCommitter.commit: what they wait for before they return");
    }

    /** Kills at random instants, and at those points where something is half done. */
    private static void atLeastOnce(Trial trial) throws InterruptedException {
        try (SinkPipeline lives = SinkPipeline.killedOften(trial)) {
            killAnywhere(trial, lives);
            List<NumberedRow> rows = lives.finish(2);
            HistoryChecker.atLeastOnce(rows)
                    .allowing(flushedBeyond(trial, rows))
                    .verify(
                            trial.fixture().sink().visible(),
                            "SinkWriter.flush: a row that was written again after a crash must not be taken for one"
                                    + " that is there already");
            lives.note();
        }
    }

    private static void killAnywhere(Trial trial, SinkPipeline lives) throws InterruptedException {
        List<CrashPoint> points = new ArrayList<>(isTransactional(trial) ? TRANSACTIONAL : PLAIN);
        points.remove(CrashPoint.DURING_COMMIT);
        for (int kill = 0; kill < trial.effort().kills(); kill++) {
            int writers = kill % 2 == 0 ? 1 : 3;
            if (kill % 2 == 0) {
                CrashPoint point = points.get(kill / 2 % points.size());
                lives.crash(point, 1 + trial.random().nextInt(2), writers);
            } else {
                lives.pipeline()
                        .kill(
                                lives.endless(writers),
                                Duration.ofMillis(trial.random().nextInt(MOST_RANDOM_MILLIS)));
            }
        }
    }

    /** What a life may have flushed before it died, and the last one did not come to again. */
    private static List<NumberedRow> flushedBeyond(Trial trial, List<NumberedRow> rows) {
        Map<Integer, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.partition(), 1L, Long::sum));
        List<NumberedRow> beyond = new ArrayList<>();
        counts.forEach((partition, count) ->
                beyond.addAll(NumberedRow.inserts(trial.seed(), partition, count, count + MOST_FLUSHED)));
        return beyond;
    }

    /** Both numbers of writers with every seed where a badge is at stake, else each with half of them. */
    private static void exactlyOnce(Trial trial) throws InterruptedException {
        int seeds = trial.effort().seeds();
        int rounds = seeds >= Effort.FULL.seeds() ? 2 * seeds : Math.max(1, seeds / 2);
        try (SinkPipeline lives = SinkPipeline.killedOften(trial)) {
            crashEverywhere(trial, lives, rounds);
            lives.note();
        }
    }

    private static void crashEverywhere(Trial trial, SinkPipeline lives, int rounds) throws InterruptedException {
        for (int round = 0; round < rounds; round++) {
            List<CrashPoint> points = new ArrayList<>(TRANSACTIONAL);
            Collections.shuffle(points, trial.random());
            int writers = round % 2 == 0 ? 4 : 1;
            for (CrashPoint point : points) {
                crash(trial, lives, point, writers);
            }
            checkExactlyOnce(trial, lives.finish(writers), points + " with " + writers + " writers");
        }
    }

    private static void crash(Trial trial, SinkPipeline lives, CrashPoint point, int writers)
            throws InterruptedException {
        switch (point) {
            case AFTER_WRITE -> lives.crash(point, 1 + trial.random().nextInt(8), writers);
            case DURING_COMMIT -> new CommitCrash(trial, lives).crash(writers);
            case DURING_CLAIM, AFTER_PREPARE ->
                lives.crash(point, 1 + trial.random().nextInt(2 * writers), writers);
            default -> lives.crash(point, 1 + trial.random().nextInt(3), writers);
        }
    }

    private static void checkExactlyOnce(Trial trial, List<NumberedRow> rows, String after) {
        HistoryChecker checker = HistoryChecker.exactlyOnce(rows);
        String check = "after crashes at " + after + ": the order of the marker and the data in SinkCommitter.commit,"
                + " and what writers throw away before their first epoch";
        checker.verify(trial.fixture().sink().visible(), check);
        LockSupport.parkNanos(SinkPipeline.EPOCH.multipliedBy(2).toNanos());
        checker.verify(trial.fixture().sink().visible(), "late, " + check);
    }

    private static void rescale(Trial trial) throws InterruptedException {
        try (SinkPipeline lives = new SinkPipeline(trial)) {
            lives.pipeline().expectMany();
            crashWhileRescaling(trial, lives);
            checkExactlyOnce(trial, lives.finish(1), "rescaling from 4 to 5, 3 and 1 writers");
            lives.note();
        }
        checkNoStrays(trial.fixture().inventory());
    }

    /** Before the first checkpoint too: the first life dies before any epoch is durable. */
    private static void crashWhileRescaling(Trial trial, SinkPipeline lives) throws InterruptedException {
        lives.crash(CrashPoint.AFTER_WRITE, 4, 4);
        for (int seed = 0; seed < trial.effort().seeds(); seed += 2) {
            lives.crash(CrashPoint.AFTER_PREPARE, 1 + trial.random().nextInt(5), 5);
            lives.crash(CrashPoint.BEFORE_COMMIT, 1 + trial.random().nextInt(3), 3);
            if (seed > 0) {
                lives.crash(CrashPoint.AFTER_PREPARE, 1, 1);
                lives.crash(CrashPoint.BEFORE_COMMIT, 1 + trial.random().nextInt(3), 4);
            }
        }
    }

    private static void checkNoStrays(Inventory inventory) {
        if (!inventory.openTransactions().isEmpty()) {
            throw new RuleViolation(
                    "transactions are left open after rescaling from 4 to 1 writers: " + inventory.openTransactions(),
                    "Sink.writer: it aborts the strays of every writer index that is its own modulo the count, not"
                            + " only of its own index (WriterSlot.ownsStray)");
        }
    }

    private static boolean isTransactional(Trial trial) {
        return trial.connector().descriptor().can(Capability.TRANSACTIONAL);
    }
}
