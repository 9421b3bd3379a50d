package dev.penstock.conformance.history;

import dev.penstock.conformance.history.Finding.Kind;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.data.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what somebody sees with what was written: finds loss, duplicates, reordering, phantoms, resurrection and
 * corruption.
 *
 * <p>Rows follow from the seed of their run, so a checker made from the same numbers finds the same again.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class HistoryChecker {
    private static final Comparator<NumberedRow> PLACE = Comparator.comparing(NumberedRow::run)
            .thenComparing(NumberedRow::partition)
            .thenComparing(NumberedRow::sequence);

    private final List<NumberedRow> expected;
    private final Map<String, NumberedRow> deleted;
    private final Set<NumberedRow.Place> allowed;
    private final boolean repeats;
    private final boolean ordered;

    private HistoryChecker(
            List<NumberedRow> expected,
            Map<String, NumberedRow> deleted,
            Set<NumberedRow.Place> allowed,
            boolean repeats,
            boolean ordered) {
        this.expected = expected;
        this.deleted = deleted;
        this.allowed = allowed;
        this.repeats = repeats;
        this.ordered = ordered;
    }

    /** Each of {@code rows} has to be there once, and nothing else. */
    public static HistoryChecker exactlyOnce(Collection<NumberedRow> rows) {
        return new HistoryChecker(sorted(rows), Map.of(), Set.of(), false, false);
    }

    /** Each of {@code rows} has to be there, maybe several times, and nothing else. */
    public static HistoryChecker atLeastOnce(Collection<NumberedRow> rows) {
        return new HistoryChecker(sorted(rows), Map.of(), Set.of(), true, false);
    }

    /** The table that operations lead to, in their order: the last row of each key, unless it is a delete. */
    public static HistoryChecker table(List<NumberedRow> operations) {
        Map<String, NumberedRow> last = new LinkedHashMap<>();
        operations.forEach(row -> last.put(row.key(), row));
        Map<String, NumberedRow> gone = new HashMap<>(last);
        gone.values().removeIf(row -> row.operation() != Operation.DELETE);
        last.keySet().removeAll(gone.keySet());
        return new HistoryChecker(sorted(last.values()), gone, Set.of(), false, false);
    }

    /** The same where {@code rows} may be there as well: written, and nobody knows whether they were committed. */
    public HistoryChecker allowing(Collection<NumberedRow> rows) {
        Set<NumberedRow.Place> more = new HashSet<>(allowed);
        rows.forEach(row -> more.add(place(row)));
        return new HistoryChecker(expected, deleted, more, repeats, ordered);
    }

    /** The same where the rows of a partition have to be seen in their order; repeated ones count where first seen. */
    public HistoryChecker inOrder() {
        return new HistoryChecker(expected, deleted, allowed, repeats, true);
    }

    private static List<NumberedRow> sorted(Collection<NumberedRow> rows) {
        return rows.stream().sorted(PLACE).toList();
    }

    private static NumberedRow.Place place(NumberedRow row) {
        return new NumberedRow.Place(row.run(), row.partition(), row.sequence());
    }

    /** All that is wrong with {@code visible}, one finding a kind, gravest first; empty if nothing is. */
    public List<Finding> check(List<NumberedRow> visible) {
        Findings findings = new Findings();
        Map<NumberedRow.Place, Integer> counts = new HashMap<>();
        Map<NumberedRow.Place, NumberedRow> wanted =
                expected.stream().collect(Collectors.toMap(HistoryChecker::place, row -> row));
        for (NumberedRow row : visible) {
            int seen = counts.merge(place(row), 1, Integer::sum);
            look(row, seen, wanted, findings);
        }
        for (NumberedRow row : expected) {
            if (!counts.containsKey(place(row))) {
                findings.add(Kind.LOSS, row, "it was committed and cannot be seen");
            }
        }
        if (ordered) {
            order(visible, findings);
        }
        return findings.list();
    }

    private void look(NumberedRow row, int seen, Map<NumberedRow.Place, NumberedRow> wanted, Findings findings) {
        NumberedRow original = wanted.get(place(row));
        NumberedRow grave = deleted.get(row.key());
        if (!row.intact() || (original != null && !original.text().equals(row.text()))) {
            findings.add(Kind.CORRUPTION, row, "its checksum does not fit: text '" + row.text() + "'");
        } else if (original == null && grave != null && grave.run() == row.run()) {
            findings.add(Kind.RESURRECTION, row, "its key was deleted by " + grave);
        } else if (original == null && !allowed.contains(place(row))) {
            findings.add(Kind.PHANTOM, row, "it was never committed, or was replaced by a newer row of its key");
        } else if (seen > 1 && !repeats) {
            findings.add(Kind.DUPLICATE, row, "it can be seen " + seen + " times");
        }
    }

    private static void order(List<NumberedRow> visible, Findings findings) {
        Map<String, NumberedRow> last = new HashMap<>();
        Set<NumberedRow.Place> seen = new HashSet<>();
        for (NumberedRow row : visible) {
            if (seen.add(place(row))) {
                NumberedRow before = last.put(row.run() + "/" + row.partition(), row);
                if (before != null && before.sequence() > row.sequence()) {
                    findings.add(Kind.REORDER, row, "it comes after " + before);
                }
            }
        }
    }

    /**
     * Returns if nothing is wrong with {@code visible}.
     *
     * @param check where the author of a connector should look
     * @throws RuleViolation that names the first row of each kind of finding
     */
    public void verify(List<NumberedRow> visible, String check) {
        List<Finding> findings = check(visible);
        if (!findings.isEmpty()) {
            throw new RuleViolation(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")), check);
        }
    }

    private static final class Findings {
        private final Map<Kind, List<NumberedRow>> rows = new EnumMap<>(Kind.class);
        private final Map<NumberedRow, String> details = new HashMap<>();

        void add(Kind kind, NumberedRow row, String detail) {
            rows.computeIfAbsent(kind, first -> new ArrayList<>()).add(row);
            details.putIfAbsent(row, detail);
        }

        List<Finding> list() {
            return rows.entrySet().stream()
                    .map(entry -> {
                        NumberedRow first = entry.getValue().stream().min(PLACE).orElseThrow();
                        return new Finding(
                                entry.getKey(),
                                first,
                                details.getOrDefault(first, ""),
                                entry.getValue().size());
                    })
                    .toList();
        }
    }
}
