package dev.penstock.conformance.rules;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules about what others see of an epoch, and when. */
final class VisibilityRules {
    private static final int EPOCHS = 20;
    private static final int BATCHES = 8;
    private static final int BATCH_ROWS = 4;
    private static final int WRITERS = 2;

    private VisibilityRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                                "ST-01",
                                Tier.T1,
                                "Nothing of an epoch is visible before its commit, and an epoch without rows leaves"
                                        + " nothing behind",
                                VisibilityRules::nothingBeforeCommit)
                        .of(Role.SINK)
                        .needing(Capability.TRANSACTIONAL),
                Rule.of(
                                "ST-02",
                                Tier.T1,
                                "The rows of a commit become visible at one instant: those of each writer, and those of"
                                        + " all writers where that is declared",
                                VisibilityRules::atOnce)
                        .of(Role.SINK)
                        .needing(Capability.TRANSACTIONAL));
    }

    /** If this fails, check: what write does when a buffer is full, and what begin and prepare do without rows. */
    private static void nothingBeforeCommit(Trial trial) throws InterruptedException {
        SinkSide side = trial.fixture().sink();
        side.create();
        List<NumberedRow> all = new ArrayList<>();
        try (SinkIncarnation incarnation =
                        SinkIncarnation.start(trial, Life.first(side.append()).with(WRITERS));
                EarlySight early = new EarlySight(side)) {
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                if (epoch % 4 == 0) {
                    emptyEpoch(trial, incarnation, epoch);
                    continue;
                }
                incarnation.begin(epoch);
                for (int batch = 0; batch < BATCHES; batch++) {
                    List<NumberedRow> rows = rows(trial.seed(), epoch, batch);
                    all.addAll(rows);
                    incarnation.write(rows);
                }
                List<Prepared> handles = incarnation.prepare();
                early.look();
                early.allow(epoch);
                incarnation.settle(handles);
            }
            early.finish();
            trial.note("looked " + early.looks() + " times");
        }
        new VisibleRows(side).are(all, "after all epochs were committed", "SinkCommitter.commit");
    }

    /** Rows of all writers; the epoch is told by the sequence. */
    private static List<NumberedRow> rows(long run, int epoch, int batch) {
        List<NumberedRow> rows = new ArrayList<>();
        long first = sequence(epoch) + (long) batch * BATCH_ROWS;
        for (int writer = 0; writer < WRITERS; writer++) {
            rows.addAll(NumberedRow.inserts(run, writer, first, first + BATCH_ROWS));
        }
        return rows;
    }

    private static long sequence(int epoch) {
        return (long) epoch * BATCHES * BATCH_ROWS;
    }

    private static long epoch(NumberedRow row) {
        return row.sequence() / (BATCHES * BATCH_ROWS);
    }

    private static void emptyEpoch(Trial trial, SinkIncarnation incarnation, int epoch) {
        Inventory before = trial.fixture().inventory();
        incarnation.begin(epoch);
        List<Prepared> handles = incarnation.prepare();
        if (!handles.isEmpty()) {
            throw new RuleViolation(
                    "prepare answered with a handle of writer " + handles.get(0).writer() + " for epoch " + epoch
                            + ", in which nothing was written",
                    "SinkWriter.prepare: empty if there are no rows");
        }
        Set<String> left = trial.fixture().inventory().addedSince(before);
        if (!left.isEmpty()) {
            throw new RuleViolation(
                    "Epoch " + epoch + ", in which nothing was written, left " + left + " behind",
                    "SinkWriter.begin and prepare: make nothing outside before the first row");
        }
    }

    /** Looks at the target all the time, for rows whose commit has not begun. */
    private static final class EarlySight extends Watching {
        private final SinkSide side;
        private volatile long allowed;

        EarlySight(SinkSide side) {
            super("early-sight");
            this.side = side;
            start();
        }

        void allow(long epoch) {
            allowed = epoch;
        }

        @Override
        void look() {
            List<NumberedRow> rows = side.visible();
            long committing = allowed; // read after the rows: what is seen by then may be seen
            for (NumberedRow row : rows) {
                if (epoch(row) > committing) {
                    throw new RuleViolation(
                            row + " of epoch " + epoch(row) + " is visible, and the last commit that was begun is that"
                                    + " of epoch " + committing,
                            "SinkWriter.write and prepare: whatever is written stays out of sight until commit");
                }
            }
        }
    }

    /** If this fails, check: whether commit publishes its handles, or the files of a handle, one after the other. */
    private static void atOnce(Trial trial) throws InterruptedException {
        SinkSide side = trial.fixture().sink();
        side.create();
        boolean acrossWriters = trial.connector().descriptor().can(Capability.ATOMIC_ACROSS_WRITERS);
        if (!acrossWriters && !side.atomic()) {
            trial.note("The rows of a handle become visible one after the other, as the fixture says");
            return;
        }
        try (SinkIncarnation incarnation =
                        SinkIncarnation.start(trial, Life.first(side.append()).with(WRITERS));
                TornSight torn = new TornSight(side, incarnation, acrossWriters)) {
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                incarnation.begin(epoch);
                incarnation.write(rows(trial.seed(), epoch, 0));
                incarnation.write(rows(trial.seed(), epoch, 1));
                incarnation.end();
            }
            torn.finish();
            trial.note("looked " + torn.looks() + " times, for rows of " + (acrossWriters ? "epochs" : "handles"));
        }
    }

    /** Looks at the target all the time, for commits of which some rows are visible and others are not. */
    private static final class TornSight extends Watching {
        private final SinkSide side;
        private final SinkIncarnation incarnation;
        private final boolean acrossWriters;

        TornSight(SinkSide side, SinkIncarnation incarnation, boolean acrossWriters) {
            super("torn-sight");
            this.side = side;
            this.incarnation = incarnation;
            this.acrossWriters = acrossWriters;
            start();
        }

        @Override
        void look() {
            Map<String, List<NumberedRow>> commits = new TreeMap<>();
            for (NumberedRow row : side.visible()) {
                commits.computeIfAbsent(part(row), part -> new ArrayList<>()).add(row);
            }
            commits.forEach((part, rows) -> {
                int expected = expectedRows(rows.get(0), expected(epoch(rows.get(0))));
                if (rows.size() != expected) {
                    throw new RuleViolation(
                            "Of " + part + ", " + rows.size() + " of " + expected + " rows are visible at one instant,"
                                    + " the first of them " + rows.get(0),
                            "SinkCommitter.commit: publish " + (acrossWriters ? "all handles of an epoch" : "a handle")
                                    + " in one atomic step");
                }
            });
        }

        private String part(NumberedRow row) {
            return "epoch " + epoch(row) + (acrossWriters ? "" : " of writer " + incarnation.writerOf(row));
        }

        /** How many rows of an epoch each writer got. */
        private int[] expected(long epoch) {
            int[] rows = new int[incarnation.writers().size()];
            for (int batch = 0; batch < 2; batch++) {
                for (NumberedRow row : rows(0, (int) epoch, batch)) {
                    rows[incarnation.writerOf(row)]++;
                }
            }
            return rows;
        }

        private int expectedRows(NumberedRow row, int[] ofWriters) {
            if (!acrossWriters) {
                return ofWriters[incarnation.writerOf(row)];
            }
            int all = 0;
            for (int rows : ofWriters) {
                all += rows;
            }
            return all;
        }
    }
}
