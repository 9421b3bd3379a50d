package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The rules about rows that a target does not take. */
final class RejectionRules {
    private static final int ROWS = 1000;
    private static final int INVALID = 20;

    private RejectionRules() {}

    static Rule accounts() {
        return Rule.of(
                        "SA-06",
                        Tier.T1,
                        "What write answers accounts for every row of the batch: accepted, or rejected with its index"
                                + " and a reason",
                        RejectionRules::everyRow)
                .of(Role.SINK);
    }

    static Rule neighbours() {
        return Rule.of(
                        "ER-02",
                        Tier.T1,
                        "A row that the target does not take is reported by the write that got it, and its neighbours"
                                + " are neither lost nor doubled",
                        RejectionRules::neighboursLive)
                .of(Role.SINK);
    }

    /** If this fails, check: what the target answers for each row, and how it is counted. */
    private static void everyRow(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        List<List<Integer>> batches = List.of(
                List.of(),
                List.of(0),
                List.of(9),
                List.of(4, 5),
                IntStream.range(0, 10).boxed().toList());
        List<NumberedRow> accepted = new ArrayList<>();
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, Life.first(side.append()))) {
            incarnation.begin(1);
            long sequence = 0;
            for (List<Integer> invalid : batches) {
                List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, sequence, sequence + 10);
                checkAccount(rows, invalid, incarnation.write(0, side.batchWithInvalid(rows, invalid)));
                accepted.addAll(without(rows, invalid));
                sequence += 10;
            }
            incarnation.end();
        }
        new VisibleRows(side)
                .are(
                        accepted,
                        "after the epoch of batches with invalid rows was ended",
                        "SinkWriter.write: what is not rejected is written, what is rejected is not");
    }

    private static List<NumberedRow> without(List<NumberedRow> rows, List<Integer> invalid) {
        return IntStream.range(0, rows.size())
                .filter(index -> !invalid.contains(index))
                .mapToObj(rows::get)
                .toList();
    }

    private static void checkAccount(List<NumberedRow> rows, List<Integer> invalid, WriteResult result) {
        checkRejected(rows, invalid, result);
        int rejected = result.rejected().size();
        if (result.accepted() != rows.size() - rejected) {
            throw new RuleViolation(
                    "Of " + rows.size() + " rows from " + rows.get(0) + " on, " + result.accepted()
                            + " were accepted and " + rejected + " rejected",
                    "WriteResult.accepted: the number of rows that are not rejected");
        }
    }

    private static void checkRejected(List<NumberedRow> rows, List<Integer> invalid, WriteResult result) {
        Set<Integer> missing = new TreeSet<>(invalid);
        for (RejectedRow row : result.rejected()) {
            if (!missing.remove(row.index())) {
                String what = row.index() >= 0 && row.index() < rows.size()
                        ? rows.get(row.index()).toString()
                        : "Row " + row.index() + " of " + rows.size();
                throw new RuleViolation(
                        what + " was rejected, and is valid or was rejected before: " + row.reason(),
                        "RejectedRow.index: the number of the row in the batch that was given to write");
            }
            if (row.reason().isBlank()) {
                throw new RuleViolation(rows.get(row.index()) + " was rejected without a reason", "RejectedRow.reason");
            }
        }
        for (int index : missing) {
            throw new RuleViolation(
                    rows.get(index) + " cannot be taken by the target and was not rejected",
                    "SinkWriter.write: a row that the target will refuse must be found out by the write that got it");
        }
    }

    /** If this fails, check: what becomes of the rest of a chunk or request of which one row was refused. */
    private static void neighboursLive(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, ROWS);
        List<Integer> invalid = invalid(trial);
        List<NumberedRow> more = NumberedRow.inserts(trial.seed(), 0, ROWS, ROWS + 10);
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, Life.first(side.append()))) {
            incarnation.begin(1);
            WriteResult result = incarnation.write(0, side.batchWithInvalid(rows, invalid));
            checkRejected(rows, invalid, result);
            incarnation.write(more);
            List<Prepared> handles = end(trial, incarnation);
            List<NumberedRow> last = NumberedRow.inserts(trial.seed(), 0, ROWS + 10, ROWS + 20);
            incarnation.epoch(2, last);
            List<NumberedRow> expected = new ArrayList<>(without(rows, invalid));
            expected.addAll(more);
            expected.addAll(last);
            new VisibleRows(side)
                    .are(
                            expected,
                            "after " + invalid.size() + " of " + ROWS + " rows of a batch were rejected",
                            "SinkWriter.write: what becomes of the rest of a chunk or "
                                    + "request of which a row is refused");
            checkCount(handles, ROWS - invalid.size() + more.size());
        }
    }

    private static List<Integer> invalid(Trial trial) {
        Set<Integer> invalid = new TreeSet<>(List.of(0, 499, 500, ROWS - 1));
        while (invalid.size() < INVALID) {
            invalid.add(trial.random().nextInt(ROWS));
        }
        return List.copyOf(invalid);
    }

    /** Ends an epoch; gives the handles that were committed. */
    private static List<Prepared> end(Trial trial, SinkIncarnation incarnation) {
        if (!trial.connector().descriptor().can(Capability.TRANSACTIONAL)) {
            incarnation.writers().forEach(SinkWriter::flush);
            return List.of();
        }
        List<Prepared> handles = incarnation.prepare();
        incarnation.settle(handles);
        return handles;
    }

    private static void checkCount(List<Prepared> handles, long rows) {
        for (Prepared handle : handles) {
            if (handle.rows() != rows) {
                throw new RuleViolation(
                        "prepare said that " + handle.rows() + " rows were to be committed, and " + rows
                                + " had been taken",
                        "Prepared.rows: rejected rows do not count");
            }
        }
    }
}
