package dev.penstock.spi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What travels with the rows of a batch, and what batches refuse. */
final class RecordBatchTest {
    private static final Schema SCHEMA =
            new Schema(List.of(Field.required("id", DataType.INT64), Field.of("name", DataType.STRING)), List.of("id"));

    private static RecordBatch batch(int from, int to) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (long i = from; i < to; i++) {
            builder.append(i, "row " + i);
        }
        return builder.build();
    }

    /** Says of each row which number it had when it was read. */
    private record Numbered(String partition, Map<String, String> attributes) implements Origin {
        @Override
        public String partition(int row) {
            return partition;
        }

        @Override
        public String position(int row) {
            return String.valueOf(row);
        }
    }

    private static Origin origin(String partition) {
        return new Numbered(partition, Map.of("header", "id,name", "file", partition));
    }

    private static String place(RecordBatch batch, int row) {
        return batch.origin().partition(row) + ":" + batch.origin().position(row);
    }

    @Test
    void keepsTheOriginOfRowsThatArePicked() {
        RecordBatch batch = batch(0, 10).withOrigin(origin("p"));
        RecordBatch picked = batch.slice(2, 9).take(new int[] {6, 0, 3, 99}, 3).slice(1, 3);
        assertThat(picked.row(0).get("id")).isEqualTo(2L);
        assertThat(place(picked, 0)).isEqualTo("p:2");
        assertThat(place(picked, 1)).isEqualTo("p:5");
        assertThat(picked.origin().attributes()).containsEntry("header", "id,name");
    }

    @Test
    void keepsTheOriginOfRowsThatAreJoined() {
        RecordBatch joined = RecordBatch.concat(List.of(
                batch(0, 2).withOrigin(origin("p")),
                batch(0, 0).withOrigin(origin("empty")),
                batch(0, 3).withOrigin(origin("q"))));
        assertThat(place(joined, 1)).isEqualTo("p:1");
        assertThat(place(joined, 2)).isEqualTo("q:0");
        assertThat(place(joined, 4)).isEqualTo("q:2");
    }

    @Test
    void keepsTheAttributesThatJoinedBatchesShare() {
        RecordBatch joined = RecordBatch.concat(
                List.of(batch(0, 2).withOrigin(origin("p")), batch(0, 3).withOrigin(origin("q"))));
        assertThat(joined.origin().attributes()).isEqualTo(Map.of("header", "id,name"));
    }

    @Test
    void keepsEventTimesAndRowsBefore() {
        RecordBatch timed = batch(0, 3).withEventTimes(new long[] {10, 11, 12}).withBefore(batch(100, 103));
        RecordBatch joined = RecordBatch.concat(List.of(batch(5, 6), timed.take(new int[] {2, 0}, 2)));
        assertThat(joined.eventTime(0)).isEqualTo(RecordBatch.NO_EVENT_TIME);
        assertThat(joined.eventTime(1)).isEqualTo(12);
        assertThat(joined.before().orElseThrow().column(0).isNull(0)).isTrue();
        assertThat(joined.before().orElseThrow().row(2).get("id")).isEqualTo(100L);
    }

    @Test
    void givesItselfWhereNothingIsLeftOut() {
        RecordBatch batch = batch(0, 2);
        assertThat(batch.slice(0, 2)).isSameAs(batch);
        assertThat(batch.filter(new boolean[] {true, true})).isSameAs(batch);
    }

    @Test
    void refusesColumnsThatDoNotFit() {
        assertThatThrownBy(() -> RecordBatch.of(SCHEMA, 2, List.of(batch(0, 2).column(0))))
                .hasMessageContaining("one column a field");
        assertThatThrownBy(() -> RecordBatch.of(SCHEMA, 3, batch(0, 2).columns()))
                .hasMessage("Cannot make column 'id' of 2 int64: expected 3 int64");
        assertThatThrownBy(() -> batch(0, 2).withOperations(new byte[1]))
                .hasMessage("Cannot give 1 operations to a batch of 2 rows");
        assertThatThrownBy(() -> RecordBatch.concat(List.of())).hasMessageContaining("give at least one");
    }

    @Test
    void namesTheColumnOfAValueThatDoesNotFitAndKeepsNoPartOfTheRow() {
        BatchBuilder builder =
                new BatchBuilder(Schema.of(Field.of("a", DataType.STRING), Field.of("b", DataType.decimal(4, 2))));
        assertThatThrownBy(() -> builder.append("x", new BigDecimal("123.45")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot store a value in column 'b' of type decimal(4,2)");
        assertThatThrownBy(() -> builder.append("x", "y")).isInstanceOf(IllegalArgumentException.class);
        builder.append("x", new BigDecimal("1.5"));
        assertThat(builder.build().toRows()).containsExactly(Row.of(builder.schema(), "x", new BigDecimal("1.50")));
    }

    @Test
    void refusesIntegersThatDoNotFitTheirType() {
        for (DataType type : List.of(DataType.INT8, DataType.INT16)) {
            BatchBuilder builder = new BatchBuilder(Schema.of(Field.of("n", type)));
            assertThatThrownBy(() -> builder.append(40_000)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesVectorsOfAnotherSize() {
        BatchBuilder builder = new BatchBuilder(Schema.of(Field.of("v", DataType.vector(3))));
        assertThatThrownBy(() -> builder.append((Object) new float[2])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesRowsByValue() {
        Schema schema =
                Schema.of(Field.of("v", DataType.vector(2)), Field.of("l", DataType.listOf(DataType.vector(2))));
        Row one = Row.of(schema, new float[] {1, 2}, List.of(new float[] {3, 4}));
        Row same = Row.of(schema, new float[] {1, 2}, List.of(new float[] {3, 4}));
        Row other = Row.of(schema, new float[] {1, 2}, List.of(new float[] {3, 5}));
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
        assertThat(one).hasToString("INSERT{v=[1.0, 2.0], l=[[3.0, 4.0]]}");
        assertThat(one).isNotEqualTo(same.with(Operation.DELETE));
    }

    @Test
    void knowsItsColumnsByName() {
        assertThat(SCHEMA).hasToString("(id: int64!, name: string)");
        assertThat(SCHEMA.project(1).key()).isEmpty();
        assertThat(SCHEMA.project(1, 0).key()).containsExactly("id");
        assertThatThrownBy(() -> SCHEMA.indexOf("nam"))
                .hasMessage("Cannot find column 'nam': the columns are [id, name]");
        assertThatThrownBy(() -> Schema.of(Field.of("a", DataType.JSON), Field.of("a", DataType.UUID)))
                .hasMessageContaining("two columns named 'a'");
    }

    @Test
    void countsTheMemoryOfASliceOnly() {
        RecordBatch batch = batch(0, 1000);
        assertThat(batch.slice(0, 10).sizeInBytes()).isLessThan(batch.sizeInBytes() / 50);
    }
}
