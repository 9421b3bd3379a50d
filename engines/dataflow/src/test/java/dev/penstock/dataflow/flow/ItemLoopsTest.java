package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys, event times and origins stay with the items, whatever becomes of these. */
final class ItemLoopsTest {
    private static final RecordBatch BATCH = Items.keyed(new Object[] {"a", "b", "c"}, new Object[] {1, 2, 3}, 3)
            .withEventTimes(new long[] {10, 20, 30})
            .withOrigin(new Numbered());

    private record Numbered() implements Origin {
        @Override
        public String partition(int row) {
            return "p";
        }

        @Override
        public String position(int row) {
            return "row " + row;
        }
    }

    @Test
    void mapKeepsThem() {
        assertThat(apply(ItemLoops.<Integer, Integer>map(number -> -number, "map")))
                .containsExactly("a -1 @10 row 0", "b -2 @20 row 1", "c -3 @30 row 2");
    }

    @Test
    void filterKeepsThem() {
        assertThat(apply(ItemLoops.<Integer>filter(number -> number != 2)))
                .containsExactly("a 1 @10 row 0", "c 3 @30 row 2");
    }

    @Test
    void filterMapKeepsThem() {
        BatchOperator operator = ItemLoops.<Integer, Integer>filterMap(
                number -> number == 1 ? Optional.empty() : Optional.of(-number), "filter");
        assertThat(apply(operator)).containsExactly("b -2 @20 row 1", "c -3 @30 row 2");
    }

    @Test
    void flatMapGivesThoseOfTheParent() {
        BatchOperator operator =
                ItemLoops.<Integer, Integer>flatMap(number -> number == 2 ? List.of(7, 8) : List.of(), "flat");
        assertThat(apply(operator)).containsExactly("b 7 @20 row 1", "b 8 @20 row 1");
    }

    @Test
    void branchKeepsThem() {
        assertThat(apply(ItemLoops.<Integer>branch(number -> number == 2)))
                .containsExactly("b 2 @20 row 1", "a 1 @10 row 0", "c 3 @30 row 2");
    }

    @Test
    void keysComeAndGo() {
        RecordBatch items = Items.withoutKeys(BATCH);
        List<RecordBatch> keyed = new ArrayList<>();
        ItemLoops.<Integer, Long>keyBy(KeyType.int64(), Integer::longValue, "key")
                .apply(items, (output, batch) -> keyed.add(batch));

        assertThat(described(keyed.get(0))).containsExactly("1 1 @10 row 0", "2 2 @20 row 1", "3 3 @30 row 2");
    }

    private static List<String> apply(BatchOperator operator) {
        List<String> rows = new ArrayList<>();
        operator.apply(BATCH, (output, batch) -> rows.addAll(described(batch)));
        return rows;
    }

    private static List<String> described(RecordBatch batch) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            rows.add(batch.column(0).value(row) + " " + batch.column(1).value(row) + " @" + batch.eventTime(row) + " "
                    + batch.origin().position(row));
        }
        return rows;
    }
}
