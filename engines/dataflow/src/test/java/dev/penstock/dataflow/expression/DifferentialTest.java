package dev.penstock.dataflow.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels give what the library gives row by row, for random expressions over random rows. */
class DifferentialTest {
    private static final int EXPRESSIONS = 600;
    private static final int ROWS = 70;
    private static final long[] WHOLE = {0, 1, -1, 3, 2, 1000, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, -7};
    private static final double[] FLOATING = {
        0.0, -0.0, 1.5, -2.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e18, 9.3e18, 3.0
    };
    private static final String[] TEXTS = {"", "a", "abc", "ABC", "é", "日本語", "\uD83D\uDE00", "\uFFFF", "z"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givesWhatTheLibraryGives(long seed) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);
        for (int i = 0; i < EXPRESSIONS / 5; i++) {
            RecordBatch batch = batch(random, i % 2 == 0);
            for (String text : expressions.ofEachType(1 + i % 4)) {
                compare(seed, text, batch);
            }
        }
    }

    private static void compare(long seed, String text, RecordBatch batch) {
        Environment environment = new Environment(batch.schema());
        CelAbstractSyntaxTree tree = environment.check(text);
        Kernel kernel = new KernelCompiler(tree, batch.schema(), environment.paths()).compile();
        Kernel byRow = new RowKernel(tree, tree.getResultType(), environment.paths());
        Vector actual = kernel.evaluate(batch);
        Vector expected = byRow.evaluate(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            assertThat(value(actual, row))
                    .as("seed %d, %s for %s", seed, text, batch.row(row))
                    .isEqualTo(value(expected, row));
        }
    }

    /** The value, or what kind of nothing it is. */
    private static Object value(Vector vector, int row) {
        byte status = Status.at(vector.status(), row);
        if (status != Status.OK) {
            // The library has two names for a timestamp beyond its range.
            return Status.isNull(status) ? "null" : Status.reason(status == Status.FAILED ? Status.OVERFLOW : status);
        }
        if (vector instanceof Vector.Longs longs) {
            return longs.values()[row];
        }
        if (vector instanceof Vector.Doubles doubles) {
            return doubles.values()[row];
        }
        if (vector instanceof Vector.Booleans booleans) {
            return booleans.values()[row];
        }
        if (vector instanceof Vector.Strings strings) {
            return strings.string(row);
        }
        Object value = ((Vector.Objects) vector).values()[row];
        return value instanceof Instant instant
                ? instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000
                : String.valueOf(value);
    }

    private static RecordBatch batch(Random random, boolean nulls) {
        Schema schema = RandomExpressions.SCHEMA;
        BatchBuilder builder = new BatchBuilder(schema);
        for (int row = 0; row < ROWS; row++) {
            @Nullable Object[] values = {
                WHOLE[random.nextInt(WHOLE.length)],
                random.nextInt(7) - 3,
                random.nextBoolean() ? WHOLE[random.nextInt(WHOLE.length)] : random.nextLong(),
                FLOATING[random.nextInt(FLOATING.length)],
                (float) FLOATING[random.nextInt(FLOATING.length)],
                random.nextBoolean(),
                random.nextBoolean(),
                TEXTS[random.nextInt(TEXTS.length)],
                TEXTS[random.nextInt(TEXTS.length)],
                Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000) * 1_000L),
                LocalTime.ofSecondOfDay(random.nextInt(86_400)),
                Row.of(
                        ((dev.penstock.spi.data.DataType.Struct)
                                        schema.field("st").type())
                                .schema(),
                        nulls && random.nextBoolean() ? null : WHOLE[random.nextInt(WHOLE.length)],
                        TEXTS[random.nextInt(TEXTS.length)])
            };
            for (int column = 0; column < values.length && nulls; column++) {
                if (schema.field(column).nullable() && random.nextInt(5) == 0) {
                    values[column] = null;
                }
            }
            builder.append(values);
        }
        return builder.build();
    }
}
