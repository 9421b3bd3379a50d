package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rule about closing in the middle of an epoch. */
final class UnfinishedEpochRules {
    private UnfinishedEpochRules() {}

    static Rule closing() {
        return Rule.of(
                        "SA-07",
                        Tier.T1,
                        "Closing in the middle of an epoch makes none of its rows visible if the sink is transactional,"
                                + " and takes back nothing that was ended",
                        UnfinishedEpochRules::closeInTheMiddle)
                .of(Role.SINK);
    }

    /** If this fails, check: SinkWriter.close. */
    private static void closeInTheMiddle(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        List<NumberedRow> ended = NumberedRow.inserts(trial.seed(), 0, 0, 20);
        List<NumberedRow> open = NumberedRow.inserts(trial.seed(), 0, 20, 40);
        VisibleRows visible = new VisibleRows(side);
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, Life.first(side.append()))) {
            incarnation.epoch(1, ended);
            incarnation.begin(2);
            incarnation.write(open);
        }
        String when = "after its writer was closed in the middle of the next epoch";
        if (trial.connector().descriptor().can(Capability.TRANSACTIONAL)) {
            visible.are(ended, when, "SinkWriter.close: it frees, and neither commits nor flushes");
            return;
        }
        visible.include(ended, when, "SinkWriter.close: what was flushed before stays");
        Set<NumberedRow.Place> written = Stream.concat(ended.stream(), open.stream())
                .map(VisibleRows::place)
                .collect(Collectors.toSet());
        for (NumberedRow row : side.visible()) {
            if (!written.contains(VisibleRows.place(row))) {
                throw new RuleViolation(row + " is visible and was never written", "SinkWriter.close");
            }
        }
    }
}
