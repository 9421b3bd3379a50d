package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.NumberedRow.Place;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.data.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what an independent reader of the target sees against what it should see. */
final class VisibleRows {
    private final SinkSide side;

    VisibleRows(SinkSide side) {
        this.side = side;
    }

    static Place place(NumberedRow row) {
        return new Place(row.run(), row.partition(), row.sequence());
    }

    /** Each row of {@code expected} is visible once and as it was written, and no other is. */
    void are(List<NumberedRow> expected, String when, String check) {
        Map<Place, NumberedRow> missing = new LinkedHashMap<>();
        expected.forEach(row -> missing.put(place(row), row));
        Set<Place> seen = new HashSet<>();
        for (NumberedRow row : side.visible()) {
            NumberedRow wanted = missing.remove(place(row));
            if (wanted != null) {
                checkSame(row, wanted, when, check);
                seen.add(place(row));
            } else {
                String what = seen.contains(place(row)) ? "visible twice" : "visible and should not be";
                throw new RuleViolation(row + " is " + what + " " + when, check);
            }
        }
        for (NumberedRow row : missing.values()) {
            throw new RuleViolation(
                    row + " is not visible " + when + ", nor are " + (missing.size() - 1) + " others", check);
        }
    }

    /** Each row of {@code expected} is visible, at least once. */
    void include(List<NumberedRow> expected, String when, String check) {
        Map<Place, NumberedRow> seen = new HashMap<>();
        side.visible().forEach(row -> seen.put(place(row), row));
        for (NumberedRow row : expected) {
            NumberedRow found = seen.get(place(row));
            if (found == null) {
                throw new RuleViolation(row + " is not visible " + when, check);
            }
            checkSame(found, row, when, check);
        }
    }

    private static void checkSame(NumberedRow seen, NumberedRow wanted, String when, String check) {
        if (!seen.key().equals(wanted.key())
                || !seen.text().equals(wanted.text())
                || seen.checksum() != wanted.checksum()) {
            throw new RuleViolation(
                    wanted + " is visible with other values " + when + ": " + seen + " text '" + seen.text() + "'",
                    check);
        }
    }

    /** The rows that are left of {@code changes} once the last one of each key has won and deletes have deleted. */
    static List<NumberedRow> folded(List<NumberedRow> changes) {
        Map<String, NumberedRow> rows = new LinkedHashMap<>();
        for (NumberedRow change : changes) {
            if (change.operation() == Operation.DELETE) {
                rows.remove(change.key());
            } else {
                rows.put(change.key(), change);
            }
        }
        return new ArrayList<>(rows.values());
    }
}
