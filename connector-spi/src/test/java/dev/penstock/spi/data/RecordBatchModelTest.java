package dev.penstock.spi.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches do what a plain list of rows would do; the seed is in the name of each case. */
final class RecordBatchModelTest {
    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private static RecordBatch batch(Schema schema, List<Row> rows) {
        BatchBuilder builder = new BatchBuilder(schema);
        rows.forEach(builder::append);
        return builder.build();
    }

    /** Some batch and the rows it must hold; it has itself come out of an operation or two. */
    private record Sample(RecordBatch batch, List<Row> rows) {
        static Sample of(RandomData data, Schema schema) {
            List<Row> rows = data.rows(schema, data.below(150));
            Sample sample = new Sample(RecordBatchModelTest.batch(schema, rows), rows);
            return switch (data.below(3)) {
                case 0 -> sample;
                case 1 -> sample.slice(data);
                default -> sample.take(data);
            };
        }

        Sample slice(RandomData data) {
            int from = data.below(rows.size() + 1);
            int to = from + data.below(rows.size() - from + 1);
            return new Sample(batch.slice(from, to), rows.subList(from, to));
        }

        Sample take(RandomData data) {
            int[] picked = IntStream.range(0, rows.isEmpty() ? 0 : data.below(200))
                    .map(i -> data.below(rows.size()))
                    .toArray();
            int count = data.below(picked.length + 1);
            List<Row> expected =
                    IntStream.of(picked).limit(count).mapToObj(rows::get).toList();
            return new Sample(batch.take(picked, count), expected);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsTheRowsThatWereAppended(long seed) {
        RandomData data = new RandomData(seed);
        Schema schema = data.schema();
        List<Row> rows = data.rows(schema, data.below(200));
        assertThat(batch(schema, rows).toRows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void slices(long seed) {
        RandomData data = new RandomData(seed);
        Sample sample = Sample.of(data, data.schema()).slice(data);
        assertThat(sample.batch().toRows()).isEqualTo(sample.rows());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void takes(long seed) {
        RandomData data = new RandomData(seed);
        Sample sample = Sample.of(data, data.schema()).take(data);
        assertThat(sample.batch().toRows()).isEqualTo(sample.rows());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void filters(long seed) {
        RandomData data = new RandomData(seed);
        Sample sample = Sample.of(data, data.schema());
        boolean[] keep = new boolean[sample.rows().size()];
        List<Row> expected = new ArrayList<>();
        for (int i = 0; i < keep.length; i++) {
            keep[i] = data.below(3) > 0;
            if (keep[i]) {
                expected.add(sample.rows().get(i));
            }
        }
        assertThat(sample.batch().filter(keep).toRows()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void joins(long seed) {
        RandomData data = new RandomData(seed);
        Schema schema = data.schema();
        List<RecordBatch> batches = new ArrayList<>();
        List<Row> expected = new ArrayList<>();
        for (int i = 0; i <= data.below(4); i++) {
            Sample sample = Sample.of(data, schema);
            batches.add(sample.batch());
            expected.addAll(sample.rows());
        }
        assertThat(RecordBatch.concat(batches).toRows()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void projects(long seed) {
        RandomData data = new RandomData(seed);
        Sample sample = Sample.of(data, data.schema());
        List<Integer> columns = new ArrayList<>(
                IntStream.range(0, sample.batch().schema().size()).boxed().toList());
        Collections.shuffle(columns, new java.util.Random(seed));
        int[] kept = columns.stream()
                .limit(1 + data.below(columns.size()))
                .mapToInt(i -> i)
                .toArray();
        Schema schema = sample.batch().schema().project(kept);
        List<Row> expected = sample.rows().stream()
                .map(row -> Row.of(schema, IntStream.of(kept).mapToObj(row::get).toArray())
                        .with(row.operation()))
                .toList();
        assertThat(sample.batch().project(kept).toRows()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cancelsAHalfAppendedRow(long seed) {
        RandomData data = new RandomData(seed);
        Schema schema = data.schema();
        BatchBuilder builder = new BatchBuilder(schema);
        List<Row> rows = data.rows(schema, 1 + data.below(100));
        for (Row row : rows) {
            int half = data.below(schema.size() + 1);
            Row other = data.rows(schema, 1).get(0);
            for (int i = 0; i < half; i++) {
                builder.column(i).appendValue(other.get(i));
            }
            builder.cancelRow();
            builder.append(row);
        }
        assertThat(builder.build().toRows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesAnEmptyBuilderBehind(long seed) {
        RandomData data = new RandomData(seed);
        Schema schema = data.schema();
        BatchBuilder builder = new BatchBuilder(schema);
        for (int i = 0; i < 3; i++) {
            List<Row> rows = data.rows(schema, data.below(100));
            rows.forEach(builder::append);
            assertThat(builder.build().toRows()).isEqualTo(rows);
            assertThat(builder.rowCount()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsEachTypeFromItsText(long seed) {
        DataType type = new RandomData(seed).type(0);
        assertThat(TypeParser.parse(type.text())).isEqualTo(type);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void walksTheRowsWithACursor(long seed) {
        RandomData data = new RandomData(seed);
        Sample sample = Sample.of(data, data.schema());
        List<Row> walked = new ArrayList<>();
        RowView view = sample.batch().rows();
        while (view.next()) {
            assertThat(view.isNull(0)).isEqualTo(view.value(0) == null);
            walked.add(view.detach());
        }
        assertThat(walked).isEqualTo(sample.rows());
    }
}
