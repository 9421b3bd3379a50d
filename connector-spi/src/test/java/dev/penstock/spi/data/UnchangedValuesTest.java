package dev.penstock.spi.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that did not change and are not known are told apart from null, whatever is done with their rows. */
class UnchangedValuesTest {
    private static final int ROWS = 200;

    /** What a row can be. */
    private enum Kind {
        VALUE,
        NULL,
        UNCHANGED
    }

    private static List<Kind> kinds(Random random, int count) {
        List<Kind> all = List.of(Kind.VALUE, Kind.NULL, Kind.UNCHANGED);
        return random.ints(count, 0, 3).mapToObj(all::get).toList();
    }

    private static RecordBatch batch(DataType type, List<Kind> kinds, Object value) {
        BatchBuilder rows = new BatchBuilder(Schema.of(Field.of("a", type)));
        for (Kind kind : kinds) {
            switch (kind) {
                case VALUE -> rows.column(0).appendValue(value);
                case NULL -> rows.column(0).appendNull();
                case UNCHANGED -> rows.column(0).appendUnchanged();
            }
            rows.endRow(Operation.UPDATE);
        }
        return rows.build();
    }

    private static List<Kind> kinds(RecordBatch batch) {
        Column column = batch.column("a");
        List<Kind> kinds = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            kinds.add(column.isUnchanged(row) ? Kind.UNCHANGED : column.isNull(row) ? Kind.NULL : Kind.VALUE);
        }
        return kinds;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"boolean", "int32", "int64", "float32", "float64", "string", "list<int64>", "decimal(30,2)"})
    void areNoValuesAndNoNullsInColumnsOfEveryType(String type) {
        List<Kind> kinds = List.of(Kind.UNCHANGED, Kind.NULL, Kind.UNCHANGED);
        RecordBatch batch = batch(TypeParser.parse(type), kinds, "");

        assertThat(kinds(batch)).isEqualTo(kinds);
        assertThat(batch.anyUnchanged()).isTrue();
        assertThat(batch.column(0).isNull(0)).isTrue();
        assertThat(batch.column(0).value(0)).isNull();
    }

    @Test
    void staySoWhenRowsArePickedCutAndJoined() {
        Random random = new Random(5);
        for (int round = 0; round < 100; round++) {
            List<Kind> kinds = kinds(random, ROWS);
            RecordBatch batch = batch(DataType.STRING, kinds, "value");
            int[] picked = random.ints(random.nextInt(ROWS), 0, ROWS).toArray();
            int from = random.nextInt(ROWS);
            RecordBatch slice = batch.slice(from, ROWS);

            assertThat(kinds(batch.take(picked, picked.length)))
                    .isEqualTo(
                            java.util.Arrays.stream(picked).mapToObj(kinds::get).toList());
            assertThat(kinds(slice)).isEqualTo(kinds.subList(from, ROWS));
            List<Kind> joined = new ArrayList<>(kinds.subList(from, ROWS));
            joined.addAll(kinds);
            assertThat(kinds(RecordBatch.concat(List.of(slice, batch)))).isEqualTo(joined);
        }
    }

    @Test
    void areForgottenWithTheRowsThatAreTakenBack() {
        ColumnBuilder column = ColumnBuilder.of(DataType.INT64, 4);
        column.appendUnchanged();
        column.appendNull();
        column.appendUnchanged();
        column.truncate(1);
        column.appendNull();
        Column built = column.build();
        column.appendNull();

        assertThat(List.of(built.isUnchanged(0), built.isUnchanged(1))).containsExactly(true, false);
        assertThat(column.build().validity().anyUnchanged()).isFalse();
    }

    @Test
    void areNotThereWhereNobodySaidSo() {
        RecordBatch batch = batch(DataType.INT64, List.of(Kind.VALUE, Kind.NULL), 1L);

        assertThat(batch.anyUnchanged()).isFalse();
        assertThat(batch.column(0).isUnchanged(1)).isFalse();
    }
}
