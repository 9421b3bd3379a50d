package dev.penstock.conformance.rules;

import dev.penstock.conformance.MissingHook;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.NotConcerned;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** ER-01: what cannot be made into a row. */
final class SourceErrorRules {
    private static final int BATCH = 5;
    private static final int ROWS = 20;
    /** First, in the middle and last in a batch, by how many good rows are before it. */
    private static final Set<Integer> POISON_BEFORE = Set.of(0, 6, 12);

    private static final String CHECK = "what poll does about an error of the decoder: the bad one goes to Rows.bad,"
            + " the ones around it to Rows.rows, and Rows.after comes after all of them";

    private SourceErrorRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                        "ER-01",
                        Tier.T1,
                        "What is not a row is reported once, with its bytes, place and cause, and harms no neighbour",
                        SourceErrorRules::poison)
                .of(Role.SOURCE));
    }

    /**
     * Puts three bad rows among good ones, and resumes at every batch.
     *
     * <p>If this fails, check: what poll does about an error of the decoder.
     */
    private static void poison(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(1);
        side.refusesPoison().ifPresent(reason -> skip(side, reason));
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, ROWS);
        for (int index = 0; index < ROWS; index++) {
            if (POISON_BEFORE.contains(index)) {
                side.appendPoison(0);
            }
            side.append(0, rows.subList(index, index + 1));
        }
        int all = ROWS + POISON_BEFORE.size();
        try (OpenSource source = OpenSource.open(trial)) {
            Partition partition = source.onlyPartition();
            OpenReader reader = source.read(partition).readAll(all, BATCH);
            RowComparison.require(rows, reader.rows(), "read with bad rows among them", CHECK);
            List<BadRow> bad = bad(reader);
            requireReported(partition, bad);
            requireSameAfterResume(source, reader, all);
        }
    }

    private static void skip(SourceSide side, String reason) {
        try {
            side.appendPoison(0);
        } catch (MissingHook e) {
            throw new NotConcerned("SourceSide.refusesPoison: " + reason);
        }
        throw new IllegalStateException(
                "Cannot try the rule: the fixture implements SourceSide.appendPoison and says in"
                        + " SourceSide.refusesPoison that there is nothing to append; remove one of them");
    }

    private static List<BadRow> bad(OpenReader reader) {
        List<BadRow> bad = new ArrayList<>();
        reader.batches().forEach(batch -> bad.addAll(batch.bad()));
        return bad;
    }

    private static void requireReported(Partition partition, List<BadRow> bad) {
        if (bad.size() != POISON_BEFORE.size()) {
            throw new RuleViolation(
                    bad.size() + " bad rows were reported where " + POISON_BEFORE.size()
                            + " were put, the first as row 0: " + bad,
                    CHECK);
        }
        for (BadRow row : bad) {
            boolean said = row.partition().equals(partition.id())
                    && !row.position().isBlank()
                    && !row.cause().isBlank()
                    && row.bytes().length() > 0;
            if (!said) {
                throw new RuleViolation(
                        "a bad row does not say its partition, position, bytes and cause: " + row,
                        "what BadRow is made of");
            }
        }
    }

    /** A bad row is before or after every state, exactly as a good one: none is reported twice, none is left out. */
    private static void requireSameAfterResume(OpenSource source, OpenReader read, int all) {
        int before = 0;
        for (OpenReader.Batch batch : read.batches()) {
            before += batch.bad().size();
            try (OpenReader resumed = source.resume(read.partition(), batch.after())) {
                resumed.readAll(all - batch.total(), BATCH);
                int after = bad(resumed).size();
                if (before + after != POISON_BEFORE.size()) {
                    throw new RuleViolation(
                            "of " + POISON_BEFORE.size() + " bad rows " + before + " were reported before row "
                                    + batch.total() + " and, resumed there, " + after + " after it",
                            CHECK);
                }
            }
        }
    }
}
