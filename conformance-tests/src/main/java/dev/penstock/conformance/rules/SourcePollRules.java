package dev.penstock.conformance.rules;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SP-01: how reading ends. */
final class SourcePollRules {
    private static final int MAX_ROWS = 64;

    private SourcePollRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                        "SP-01",
                        Tier.T1,
                        "A bounded partition gives exactly its rows and then End, again and again",
                        SourcePollRules::bounded)
                .of(Role.SOURCE)
                .needing(Capability.BOUNDED)
                .onEachEngine());
    }

    /**
     * Partitions of sizes around the most rows of a poll, by hand and through an engine with workers to spare.
     *
     * <p>If this fails, check: the row after which a poll is full, and what the poll after the last row gives.
     */
    private static void bounded(Trial trial) throws InterruptedException {
        int many = trial.effort().equals(Effort.FULL) ? 10_000 : 1_000;
        SourceSide side = trial.fixture().source();
        List<Integer> sizes = side.versioned()
                ? List.of(1, MAX_ROWS - 1, MAX_ROWS, MAX_ROWS + 1, many)
                : List.of(0, 1, MAX_ROWS - 1, MAX_ROWS, MAX_ROWS + 1, many);
        side.create(sizes.size());
        List<NumberedRow> all = new ArrayList<>();
        for (int index = 0; index < sizes.size(); index++) {
            List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), index, 0, sizes.get(index));
            side.append(index, rows);
            all.addAll(rows);
        }
        readByHand(trial, sizes);
        Map<String, Object> settings =
                OpenSource.settings(trial, Reading.BOUNDED).orElseThrow();
        HistoryChecker.exactlyOnce(all)
                .verify(
                        new SourcePipeline(trial, "bounded", settings, sizes.size() + 2).runToItsEnd(),
                        "what poll gives at the last row, and after it");
    }

    private static void readByHand(Trial trial, List<Integer> sizes) {
        try (OpenSource source = OpenSource.open(trial, Reading.BOUNDED)) {
            boolean[] seen = new boolean[sizes.size()];
            for (Partition partition : source.partitions(sizes.size())) {
                OpenReader reader = source.read(partition).readToEnd(MAX_ROWS);
                int index = reader.rows().isEmpty() ? 0 : reader.rows().get(0).partition();
                seen[index] = true;
                RowComparison.require(
                        NumberedRow.inserts(trial.seed(), index, 0, sizes.get(index)),
                        reader.rows(),
                        "partition '" + partition.id() + "' of " + sizes.get(index) + " rows, polled for " + MAX_ROWS,
                        "where poll stops when it has its most rows, and what it does at the last row");
                requireEndAgain(reader);
            }
            requireAll(seen, sizes);
        }
    }

    private static void requireEndAgain(OpenReader reader) {
        ResumeState last = reader.position();
        for (int again = 0; again < 3; again++) {
            Poll poll = reader.poll(MAX_ROWS, OpenReader.MANY_BYTES, OpenReader.WAIT);
            if (!(poll instanceof Poll.End end && end.last().equals(last))) {
                throw new RuleViolation(
                        "partition '" + reader.partition().id() + "' gave " + poll + " after its End at " + last,
                        "after End every further poll gives the same End");
            }
        }
    }

    private static void requireAll(boolean[] seen, List<Integer> sizes) {
        for (int index = 0; index < seen.length; index++) {
            if (!seen[index]) {
                throw new RuleViolation(
                        "no partition gave the " + sizes.get(index) + " rows of the kit's partition " + index,
                        "discover lists every partition, also one without rows");
            }
        }
    }
}
