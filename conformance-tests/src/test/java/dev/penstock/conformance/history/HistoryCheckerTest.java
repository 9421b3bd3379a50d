package dev.penstock.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.history.Finding.Kind;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.data.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {
    private static final long RUN = 42;

    private final List<NumberedRow> rows = new ArrayList<>(NumberedRow.inserts(RUN, 0, 0, 50));

    @Test
    void findsNothingWrongWithWhatIsRightInAnyOrder() {
        List<NumberedRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(RUN));
        assertThat(HistoryChecker.exactlyOnce(rows).check(shuffled)).isEmpty();
    }

    @Test
    void namesTheFirstRowThatIsLost() {
        List<NumberedRow> visible = new ArrayList<>(rows);
        visible.remove(31);
        visible.remove(7);
        assertThat(HistoryChecker.exactlyOnce(rows).check(visible))
                .containsExactly(new Finding(Kind.LOSS, rows.get(7), "it was committed and cannot be seen", 2));
    }

    @Test
    void findsADuplicateUnlessRepeatsAreAllowed() {
        List<NumberedRow> visible = new ArrayList<>(rows);
        visible.add(rows.get(3));
        assertThat(kinds(HistoryChecker.exactlyOnce(rows), visible)).containsExactly(Kind.DUPLICATE);
        assertThat(kinds(HistoryChecker.atLeastOnce(rows), visible)).isEmpty();
    }

    @Test
    void findsAPhantomUnlessItIsAllowed() {
        List<NumberedRow> visible = new ArrayList<>(rows);
        NumberedRow late = NumberedRow.insert(RUN, 0, 50);
        visible.add(late);
        assertThat(kinds(HistoryChecker.exactlyOnce(rows), visible)).containsExactly(Kind.PHANTOM);
        assertThat(kinds(HistoryChecker.exactlyOnce(rows).allowing(List.of(late)), visible))
                .isEmpty();
    }

    @Test
    void takesARowOfAnotherRunForAPhantom() {
        List<NumberedRow> visible = new ArrayList<>(rows);
        visible.add(NumberedRow.insert(RUN + 1, 0, 0));
        assertThat(kinds(HistoryChecker.exactlyOnce(rows), visible)).containsExactly(Kind.PHANTOM);
    }

    @Test
    void findsAChangedText() {
        NumberedRow row = rows.get(9);
        rows.set(
                9,
                new NumberedRow(
                        row.operation(), row.run(), row.partition(), row.sequence(), row.key(), "?", row.checksum()));
        assertThat(kinds(HistoryChecker.exactlyOnce(NumberedRow.inserts(RUN, 0, 0, 50)), rows))
                .containsExactly(Kind.CORRUPTION);
    }

    @Test
    void findsRowsOutOfTurnOnlyWhereOrderMatters() {
        List<NumberedRow> visible = new ArrayList<>(rows);
        Collections.swap(visible, 10, 11);
        assertThat(kinds(HistoryChecker.exactlyOnce(rows), visible)).isEmpty();
        assertThat(HistoryChecker.exactlyOnce(rows).inOrder().check(visible))
                .containsExactly(new Finding(Kind.REORDER, rows.get(10), "it comes after " + rows.get(11), 1));
    }

    @Test
    void aReplayIsNotOutOfTurn() {
        List<NumberedRow> visible = new ArrayList<>(rows.subList(0, 30));
        visible.addAll(rows.subList(20, 50));
        assertThat(kinds(HistoryChecker.atLeastOnce(rows).inOrder(), visible)).isEmpty();
    }

    @Test
    void knowsTheTableThatOperationsLeadTo() {
        List<NumberedRow> operations = List.of(
                operation(Operation.INSERT, 0, "a"),
                operation(Operation.UPDATE, 1, "a"),
                operation(Operation.INSERT, 2, "b"),
                operation(Operation.DELETE, 3, "b"));
        HistoryChecker checker = HistoryChecker.table(operations);
        assertThat(kinds(checker, List.of(operations.get(1)))).isEmpty();
        assertThat(kinds(checker, List.of(operations.get(0)))).containsExactly(Kind.LOSS, Kind.PHANTOM);
        assertThat(kinds(checker, List.of(operations.get(1), operations.get(2))))
                .containsExactly(Kind.RESURRECTION);
    }

    @Test
    void tellsAllKindsAtOnceAndWhereToLook() {
        List<NumberedRow> visible = new ArrayList<>(rows.subList(1, 50));
        visible.add(rows.get(5));
        HistoryChecker checker = HistoryChecker.exactlyOnce(rows);
        assertThatThrownBy(() -> checker.verify(visible, "the commit"))
                .isInstanceOf(RuleViolation.class)
                .hasMessage("""
                        LOSS of 1 row: INSERT run 42 partition 0 sequence 0 key '0-0'; it was committed and cannot be seen
                        DUPLICATE of 1 row: INSERT run 42 partition 0 sequence 5 key '0-5'; it can be seen 2 times
                        check: the commit""");
        assertThatCode(() -> checker.verify(rows, "nothing")).doesNotThrowAnyException();
    }

    private static NumberedRow operation(Operation operation, long sequence, String key) {
        return NumberedRow.of(operation, new NumberedRow.Place(RUN, 0, sequence), key, "text " + sequence);
    }

    private static List<Kind> kinds(HistoryChecker checker, List<NumberedRow> visible) {
        return checker.check(visible).stream().map(Finding::kind).toList();
    }
}
