package dev.penstock.conformance.rules;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.data.Operation;
import java.util.List;

/** Compares what was read with what was put there. */
final class RowComparison {
    private RowComparison() {}

    /**
     * Requires the same rows in the same order.
     *
     * @param when for people, for example {@code resumed after 3 rows}
     * @param check where an author should look
     * @throws RuleViolation that names the first row that is not as expected
     */
    static void require(List<NumberedRow> expected, List<NumberedRow> seen, String when, String check) {
        int both = Math.min(expected.size(), seen.size());
        for (int index = 0; index < both; index++) {
            NumberedRow row = seen.get(index);
            if (!row.intact()) {
                throw new RuleViolation(when + ": row " + index + " is damaged: " + row, check);
            }
            if (!same(expected.get(index), row)) {
                throw new RuleViolation(
                        when + ": expected " + expected.get(index) + " as row " + index + " and got " + row, check);
            }
        }
        if (seen.size() < expected.size()) {
            throw new RuleViolation(when + ": " + expected.get(both) + " is missing", check);
        }
        if (seen.size() > expected.size()) {
            throw new RuleViolation(when + ": " + seen.get(both) + " is one too many", check);
        }
    }

    private static boolean same(NumberedRow expected, NumberedRow seen) {
        return inserted(seen).equals(expected);
    }

    /** A row that was found is as good as one that was inserted. */
    static NumberedRow inserted(NumberedRow row) {
        return row.operation() == Operation.READ
                ? new NumberedRow(
                        Operation.INSERT,
                        row.run(),
                        row.partition(),
                        row.sequence(),
                        row.key(),
                        row.text(),
                        row.checksum())
                : row;
    }
}
