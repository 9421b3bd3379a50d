package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.engine.KitEngine;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.process.Zombie;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules about what one incarnation leaves to the next, and what it may still do when it is taken for dead. */
public final class HandoverRules {
    private static final int WRITERS = 3;
    private static final String STRAYS = "Sink.writer: before its first epoch writer i of n aborts the sink's own open"
            + " transactions whose writer index is i modulo n and whose epoch is greater than restoredEpoch, and"
            + " nothing else (WriterSlot.ownsStray)";

    private HandoverRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of(
                Rule.of(
                                "ST-03",
                                Tier.T3,
                                "Prepared handles can be committed by another process from their bytes alone",
                                HandoverRules::portable)
                        .of(Role.SINK)
                        .needing(Capability.TRANSACTIONAL),
                Rule.of(
                                "ST-07",
                                Tier.T3,
                                "Writers abort their own strays, and leave pending and foreign transactions alone",
                                HandoverRules::strays)
                        .of(Role.SINK)
                        .needing(Capability.TRANSACTIONAL),
                Rule.of(
                                "ST-08",
                                Tier.T3,
                                "After the claim of a newer incarnation the older one is fenced and changes nothing",
                                HandoverRules::fenced)
                        .of(Role.SINK)
                        .needing(Capability.TRANSACTIONAL, Capability.FENCING)
                        .onEachEngine());
    }

    /** The process that prepared is killed; another one, elsewhere and with one writer, commits. */
    private static void portable(Trial trial) throws InterruptedException, IOException {
        SinkPipeline lives = new SinkPipeline(trial, new KitEngine(), SinkPipeline.PARTITIONS);
        List<Prepared> handles =
                lives.pipeline().crashBeforeCommit(lives.endless(WRITERS), 1).committing();
        Trial elsewhere = in(trial, Files.createDirectory(trial.directory().resolve("elsewhere")));
        Life life = successor(trial, 2, handles).with(1);
        try (SinkIncarnation other = SinkIncarnation.start(elsewhere, life)) {
            other.settle(copies(handles));
        } catch (RuntimeException e) {
            throw new RuleViolation(
                    "another process could not commit " + handles + ": " + e,
                    "Prepared.handle: it holds all that the commit needs, no path of the process that made it and no"
                            + " name that only that process knows",
                    e);
        }
        checkAllOf(trial, handles);
    }

    private static Trial in(Trial trial, Path directory) {
        return new Trial(
                trial.fixture(),
                new Trial.Terms(trial.role(), trial.seed(), trial.effort(), directory, Optional.empty(), trial::note));
    }

    /** What is left of handles when nothing but their bytes is handed on. */
    private static List<Prepared> copies(List<Prepared> handles) {
        return handles.stream()
                .map(handle ->
                        new Prepared(handle.epoch(), handle.writer(), handle.handle(), handle.rows(), handle.bytes()))
                .toList();
    }

    private static Life successor(Trial trial, long generation, List<Prepared> handles) {
        long restored = handles.stream()
                .mapToLong(handle -> handle.epoch().epoch())
                .max()
                .orElse(-1);
        return new Life(
                "successor-" + generation,
                generation,
                WRITERS,
                restored,
                trial.fixture().sink().append(),
                List.of());
    }

    /** As many rows as the handles say are visible, the first ones of each partition. */
    private static void checkAllOf(Trial trial, List<Prepared> handles) {
        List<NumberedRow> visible = trial.fixture().sink().visible();
        long promised = handles.stream().mapToLong(Prepared::rows).sum();
        if (visible.size() != promised) {
            throw new RuleViolation(
                    visible.size() + " rows are visible where the handles say " + promised + ": " + handles,
                    "SinkCommitter.commit of handles that another process prepared");
        }
        Map<Integer, Integer> counts = new HashMap<>();
        visible.forEach(row -> counts.merge(row.partition(), 1, Integer::sum));
        List<NumberedRow> expected = new ArrayList<>();
        counts.forEach((partition, count) -> expected.addAll(NumberedRow.inserts(trial.seed(), partition, 0, count)));
        HistoryChecker.exactlyOnce(expected)
                .verify(visible, "SinkCommitter.commit of handles that another process prepared");
    }

    /** Twice: before the first epoch is durable, and with a pending epoch under newer strays. */
    private static void strays(Trial trial) throws InterruptedException {
        SinkPipeline lives = new SinkPipeline(trial, new KitEngine(), SinkPipeline.PARTITIONS);
        SinkSide side = trial.fixture().sink();
        lives.crash(CrashPoint.AFTER_PREPARE, 1, WRITERS);
        String foreign = side.openForeignTransaction();
        // A crash may have taken several runs to land, and each was an incarnation.
        long crashed = lives.pipeline().generation();
        checkOpen(trial, Set.of(foreign), successor(trial, crashed, List.of()), "on the first start");

        List<Prepared> pending =
                lives.pipeline().crashBeforeCommit(lives.endless(WRITERS), 1).committing();
        Set<String> kept = trial.fixture().inventory().openTransactions();
        long killed = lives.pipeline().generation();
        leaveStrays(trial, successor(trial, killed + 1, pending));
        checkOpen(trial, kept, successor(trial, killed + 2, pending), "over a pending epoch");
        try (SinkIncarnation last = SinkIncarnation.start(trial, successor(trial, killed + 3, pending))) {
            last.settle(pending);
            last.committer().abort(pending);
        }
        checkAllOf(trial, pending);
    }

    /** A prepared epoch and one that was only begun, both newer than anything durable. */
    private static void leaveStrays(Trial trial, Life life) {
        try (SinkIncarnation dying = SinkIncarnation.start(trial, life)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                dying.begin(life.restoredEpoch() + epoch);
                List<NumberedRow> rows = new ArrayList<>();
                for (int partition = 0; partition < WRITERS; partition++) {
                    rows.addAll(NumberedRow.inserts(trial.seed() + 1, partition, epoch * 10L, epoch * 10L + 10));
                }
                dying.write(rows);
                if (epoch == 1) {
                    dying.prepare();
                }
            }
        }
    }

    private static void checkOpen(Trial trial, Set<String> expected, Life life, String when) {
        try (SinkIncarnation next = SinkIncarnation.start(trial, life)) {
            Set<String> open = trial.fixture().inventory().openTransactions();
            Set<String> left = new TreeSet<>(open);
            left.removeAll(expected);
            Set<String> gone = new TreeSet<>(expected);
            gone.removeAll(open);
            if (!left.isEmpty() || !gone.isEmpty()) {
                throw new RuleViolation(
                        when + ", " + next.writers().size() + " writers with restored epoch " + life.restoredEpoch()
                                + " left these strays open: " + left + ", and aborted these that are not theirs: "
                                + gone,
                        STRAYS);
            }
        }
    }

    /** A process is stopped before it prepares, another one before it commits; both go on after their successor. */
    private static void fenced(Trial trial) throws InterruptedException {
        SinkPipeline lives = new SinkPipeline(trial);
        for (CrashPoint point : List.of(CrashPoint.AFTER_FLUSH, CrashPoint.BEFORE_COMMIT)) {
            Takeover takeover = new Takeover(trial);
            Optional<String> end = lives.pipeline().suspend(lives.endless(1), point, 1, takeover);
            takeover.check(end, point);
        }
    }

    /** An incarnation that takes over while the older one is stopped. */
    private static final class Takeover implements dev.penstock.conformance.process.CrashingPipeline.Successor {
        private static final int OTHER_PARTITION = 100;
        private final Trial trial;
        private List<NumberedRow> visible = List.of();

        private Takeover(Trial trial) {
            this.trial = trial;
        }

        @Override
        public void act(Zombie zombie) {
            List<Prepared> pending = zombie.committing();
            Life life = successor(trial, zombie.generation() + 1, pending).with(1);
            try (SinkIncarnation next = SinkIncarnation.start(trial, life)) {
                if (!pending.isEmpty()) {
                    next.settle(pending);
                }
                int partition = OTHER_PARTITION + Math.toIntExact(zombie.generation());
                next.epoch(Math.max(life.restoredEpoch(), 0) + 1, NumberedRow.inserts(trial.seed(), partition, 0, 10));
            }
            visible = trial.fixture().sink().visible();
        }

        private void check(Optional<String> end, CrashPoint point) {
            HistoryChecker.exactlyOnce(visible)
                    .verify(
                            trial.fixture().sink().visible(),
                            "SinkCommitter.claim and commit: what the older incarnation did after it was continued at "
                                    + point + " must have no effect");
            if (!end.orElse("nothing").contains("FencedException")) {
                throw new RuleViolation(
                        "the older incarnation, continued at " + point + ", came to no FencedException but to: "
                                + end.orElse("no end"),
                        "SinkCommitter.claim: it writes the generation of the context down where every later commit of"
                                + " a lower one sees it");
            }
        }
    }
}
