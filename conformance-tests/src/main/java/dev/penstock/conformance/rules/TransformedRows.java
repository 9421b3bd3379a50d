package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.RecordBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a transform made of a batch, by the rows that it was made of.
 *
 * @param input what went in
 * @param rows what came out
 * @param origins for each row of {@code rows} the row of {@code input} that it came from
 * @param rejected the rows of {@code input} that were not taken
 */
record TransformedRows(RecordBatch input, RecordBatch rows, int[] origins, int[] rejected) {
    private static final String CHECK =
            "TransformResult: inputRows has one number for each row that comes out, ascending, none of a rejected row; "
                    + "leave it out only if row i came from row i";

    /** Sorts a result; a violation if its parts contradict each other. */
    static TransformedRows of(RecordBatch input, TransformResult result) {
        int count = result.rows().rowCount();
        int[] origins =
                result.inputRows().orElseGet(() -> IntStream.range(0, count).toArray());
        int[] rejected =
                result.rejected().stream().mapToInt(row -> row.index()).sorted().toArray();
        check(origins.length == count, origins.length + " origins were given for " + count + " rows");
        for (int row = 0; row < count; row++) {
            int origin = origins[row];
            check(
                    origin >= (row == 0 ? 0 : origins[row - 1]) && origin < input.rowCount(),
                    "row " + row + " of the result claims to come from row " + origin + " of " + input.rowCount());
            check(Arrays.binarySearch(rejected, origin) < 0, "row " + origin + " was rejected, and came out too");
        }
        return new TransformedRows(input, result.rows(), origins, rejected);
    }

    private static void check(boolean holds, String seen) {
        if (!holds) {
            throw new RuleViolation(seen, CHECK);
        }
    }

    /** The rows that came out of row {@code origin}. */
    int[] of(int origin) {
        return IntStream.range(0, origins.length)
                .filter(row -> origins[row] == origin)
                .toArray();
    }

    /** Whether row {@code origin} was not taken. */
    boolean isRejected(int origin) {
        return Arrays.binarySearch(rejected, origin) >= 0;
    }

    /** The vector in {@code column} of row {@code row} that came out, if it has one. */
    Optional<float[]> vector(String column, int row) {
        return Optional.ofNullable((float[]) rows.column(column).value(row));
    }

    /** Tells whether row {@code origin} has become the same as {@code row} of {@code other}, and what differs. */
    Optional<String> difference(int origin, TransformedRows other, int row, Likeness likeness) {
        int[] here = of(origin);
        int[] there = other.of(row);
        if (here.length != there.length || isRejected(origin) != other.isRejected(row)) {
            return Optional.of("it became " + count(here.length, isRejected(origin)) + " here and "
                    + count(there.length, other.isRejected(row)) + " there");
        }
        return IntStream.range(0, here.length)
                .mapToObj(i -> likeness.difference(rows, here[i], other.rows, there[i]))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String count(int rows, boolean isRejected) {
        return isRejected ? "a rejected row" : rows + " rows";
    }

    /** How two rows are compared: the columns that were made, of which one may be of vectors. */
    record Likeness(List<String> columns, Optional<String> vectors, VectorTolerance tolerance) {
        Optional<String> difference(RecordBatch one, int row, RecordBatch other, int otherRow) {
            for (String column : columns) {
                Object here = one.column(column).value(row);
                Object there = other.column(column).value(otherRow);
                Optional<String> difference = vectors.filter(column::equals).isPresent()
                        ? tolerance.difference((float[]) here, (float[]) there)
                        : Objects.deepEquals(here, there)
                                ? Optional.empty()
                                : Optional.of("'" + here + "' and '" + there + "'");
                if (difference.isPresent()) {
                    return difference.map(text -> "column '" + column + "': " + text);
                }
            }
            return Optional.empty();
        }
    }
}
