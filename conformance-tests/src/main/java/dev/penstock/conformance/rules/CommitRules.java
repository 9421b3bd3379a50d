package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Check;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules about commits: again, in what order, of what is gone, after a restore. */
final class CommitRules {
    private static final int ROWS = 6;
    static final int WRITERS = 2;

    private CommitRules() {}

    static List<Rule> all() {
        return List.of(
                rule(
                        "ST-04",
                        Tier.T1,
                        "A commit that is repeated, by anybody and after maintenance, changes nothing and" + " says so",
                        CommitRules::again),
                rule(
                        "ST-06",
                        Tier.T2,
                        "What became of a commit whose reply was lost is found out by asking the target",
                        LostReplies::areFoundOut),
                rule(
                        "ST-09",
                        Tier.T1,
                        "Several prepared epochs may wait; each is committed in its turn, one by one or" + " together",
                        CommitRules::several),
                rule(
                        "ST-10",
                        Tier.T1,
                        "Prepared work that is gone from the target is LOST, never taken for committed",
                        CommitRules::gone),
                rule(
                        "ST-11",
                        Tier.T1,
                        "After an older checkpoint was restored, epochs of the new run are not mistaken"
                                + " for those of the run before",
                        CommitRules::restored));
    }

    private static Rule rule(String id, Tier tier, String sentence, Check check) {
        return Rule.of(id, tier, sentence, check).of(Role.SINK).needing(Capability.TRANSACTIONAL);
    }

    /** The rows of an epoch, for all writers. */
    static List<NumberedRow> rows(long run, long epoch) {
        List<NumberedRow> rows = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            rows.addAll(NumberedRow.inserts(run, writer, epoch * ROWS, (epoch + 1) * ROWS));
        }
        return rows;
    }

    static List<Prepared> prepared(SinkIncarnation incarnation, long epoch, List<NumberedRow> rows) {
        incarnation.begin(epoch);
        incarnation.write(rows);
        return incarnation.prepare();
    }

    static void expect(List<Prepared> handles, Map<Prepared, Outcome> outcomes, Outcome wanted, String when) {
        for (Prepared handle : handles) {
            if (outcomes.get(handle) != wanted) {
                throw new RuleViolation(
                        "commit answered " + outcomes.get(handle) + " for writer " + handle.writer() + " of epoch "
                                + handle.epoch() + " " + when + ", and not " + wanted,
                        "SinkCommitter.commit: the marker that tells what is committed, and what is done where it is"
                                + " missing");
            }
        }
    }

    /** If this fails, check: the marker of a commit: is it written with the data, and does it survive maintenance? */
    private static void again(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        VisibleRows visible = new VisibleRows(side);
        List<NumberedRow> all = new ArrayList<>();
        List<List<Prepared>> epochs = new ArrayList<>();
        Life life = Life.first(side.append()).with(WRITERS);
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, life)) {
            for (long epoch = 1; epoch <= 3; epoch++) {
                List<NumberedRow> rows = rows(trial.seed(), epoch);
                all.addAll(rows);
                epochs.add(committedThreeTimes(incarnation, epoch, rows));
            }
        }
        visible.are(all, "after every epoch was committed three times", "SinkCommitter.commit");
        side.maintain();
        List<NumberedRow> rows = rows(trial.seed(), 4);
        all.addAll(rows);
        try (SinkIncarnation later = SinkIncarnation.start(trial, life.next(3, List.of()))) {
            for (List<Prepared> handles : epochs) {
                expect(
                        handles,
                        later.commit(handles),
                        Outcome.ALREADY_COMMITTED,
                        "to a new process, after maintenance");
            }
            committedAroundMaintenance(side, later, rows);
        }
        visible.are(all, "after commits were repeated around maintenance", "SinkCommitter.commit");
    }

    private static void committedAroundMaintenance(SinkSide side, SinkIncarnation later, List<NumberedRow> rows) {
        List<Prepared> handles = prepared(later, 4, rows);
        side.maintain();
        expect(handles, later.commit(handles), Outcome.COMMITTED, "after maintenance between prepare and commit");
        side.maintain();
        expect(handles, later.commit(handles), Outcome.ALREADY_COMMITTED, "after more maintenance");
    }

    private static List<Prepared> committedThreeTimes(SinkIncarnation incarnation, long epoch, List<NumberedRow> rows) {
        List<Prepared> handles = prepared(incarnation, epoch, rows);
        expect(handles, incarnation.commit(handles), Outcome.COMMITTED, "the first time");
        expect(handles, incarnation.commit(handles), Outcome.ALREADY_COMMITTED, "the second time");
        expect(handles, incarnation.commit(handles), Outcome.ALREADY_COMMITTED, "the third time");
        return handles;
    }

    /** If this fails, check: whether a writer keeps more than its last handle, and what commit does with several. */
    private static void several(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        VisibleRows visible = new VisibleRows(side);
        List<NumberedRow> all = new ArrayList<>();
        List<List<Prepared>> waiting = new ArrayList<>();
        Life life = Life.first(side.append()).with(WRITERS);
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, life)) {
            for (long epoch = 1; epoch <= 10; epoch++) {
                List<NumberedRow> rows = rows(trial.seed(), epoch);
                all.addAll(rows);
                waiting.add(prepared(incarnation, epoch, rows));
                if (epoch == 2) {
                    incarnation.settle(waiting.remove(0));
                    visible.are(
                            all.subList(0, rows.size()),
                            "after epochs 1 and 2 were prepared and 1 was committed",
                            "SinkCommitter.commit: it commits the handles that it is given, and no others");
                } else if (epoch > 2 && trial.random().nextInt(3) == 0) {
                    commitSome(incarnation, waiting, 1 + trial.random().nextInt(waiting.size()));
                }
            }
            commitSome(incarnation, waiting, waiting.size());
        }
        visible.are(
                all,
                "after epochs that waited were committed, one by one and together",
                "SinkWriter.prepare: what was prepared before stays; SinkCommitter.commit: handles of several epochs");
    }

    /** Commits the oldest epochs, all at once. */
    private static void commitSome(SinkIncarnation incarnation, List<List<Prepared>> waiting, int count) {
        List<List<Prepared>> oldest = waiting.subList(0, count);
        incarnation.settle(oldest.stream().flatMap(List::stream).toList());
        oldest.clear();
    }

    /** If this fails, check: what commit answers where the target knows neither the work nor its marker. */
    private static void gone(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        List<NumberedRow> committed = rows(trial.seed(), 1);
        Life life = Life.first(side.append()).with(WRITERS);
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, life)) {
            incarnation.epoch(1, committed);
            List<Prepared> handles = prepared(incarnation, 2, rows(trial.seed(), 2));
            Prepared destroyed = handles.get(handles.size() - 1);
            side.destroy(destroyed);
            expect(List.of(destroyed), incarnation.commit(handles), Outcome.LOST, "after it was destroyed");
            try (SinkIncarnation next = SinkIncarnation.start(trial, life.next(2, List.of()))) {
                expect(List.of(destroyed), next.commit(handles), Outcome.LOST, "to the process that came next");
            }
        }
        new VisibleRows(side)
                .include(
                        committed,
                        "after a later epoch was destroyed",
                        "SinkCommitter.commit: what is committed stays");
    }

    /** If this fails, check: whether the marker of a commit holds the run id beside the epoch. */
    private static void restored(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        List<NumberedRow> all = new ArrayList<>();
        List<Prepared> third = List.of();
        Life life = Life.first(side.append()).with(WRITERS);
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, life)) {
            for (long epoch = 1; epoch <= 6; epoch++) {
                List<NumberedRow> rows = rows(trial.seed(), epoch);
                all.addAll(rows);
                List<Prepared> handles = prepared(incarnation, epoch, rows);
                third = epoch == 3 ? handles : third;
                incarnation.settle(handles);
            }
        }
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, life.next(3, List.of()))) {
            expect(third, incarnation.commit(third), Outcome.ALREADY_COMMITTED, "after its checkpoint was restored");
            for (long epoch = 4; epoch <= 6; epoch++) {
                List<NumberedRow> rows = rows(trial.seed(), epoch + 10);
                all.addAll(rows);
                List<Prepared> handles = prepared(incarnation, epoch, rows);
                expect(handles, incarnation.commit(handles), Outcome.COMMITTED, "of the new run");
            }
        }
        new VisibleRows(side)
                .are(
                        all,
                        "after epoch 3 was restored and epochs 4 to 6 came again with other rows",
                        "SinkCommitter.commit: its marker names the run beside the epoch");
    }
}
