package dev.penstock.conformance;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a transform is tried with: texts go in, and the rows that come out must say of which text each was made.
 *
 * <p>The rules are about transforms that add a vector to each row and about those that make several rows of one, or
 * none; {@link #vectors} tells which it is.
 */
public interface TransformSide {
    /** The column with the number of the row. */
    String NUMBER = "number";
    /** The column with the text. */
    String TEXT = "text";
    /** The columns of {@link #batch}; the last two are there to come through unharmed. */
    Schema SCHEMA = new Schema(
            List.of(
                    Field.required(NUMBER, DataType.INT64),
                    Field.of(TEXT, DataType.STRING),
                    Field.of("share", DataType.FLOAT64),
                    Field.of("raw", DataType.BYTES)),
            List.of(NUMBER));

    /**
     * A batch in which row i holds {@code texts.get(i)}, or null if that is empty, and has i in the column
     * {@link #NUMBER}. To be overridden if the transform wants other columns.
     */
    default RecordBatch batch(List<Optional<String>> texts) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (int row = 0; row < texts.size(); row++) {
            builder.append((long) row, texts.get(row).orElse(null), row % 3 == 0 ? -0.0 : 1.0 / row, new byte[] {
                (byte) row, (byte) -row
            });
        }
        return builder.build();
    }

    /** The column of vectors that the transform adds; empty if it adds none, and then a row may become many. */
    Optional<String> vectors();

    /** The columns of the input that the transform changes or drops. */
    default Set<String> changed() {
        return Set.of();
    }

    /** How far a vector may depend on the batch that its text was in; what the documentation promises. */
    default Tolerance tolerance() {
        return Tolerance.EXACT;
    }

    /** Whether vectors have the length 1. */
    default boolean unitLength() {
        return true;
    }

    /** Where long texts are cut off; empty if they are not. */
    default Optional<Limit> limit() {
        throw new MissingHook("TransformSide.limit");
    }

    /** Settings that name files which cannot work. */
    default List<BrokenSettings> broken() {
        throw new MissingHook("TransformSide.broken");
    }

    /**
     * How near two vectors of one text must be.
     *
     * @param cosine their least cosine similarity
     * @param difference the greatest difference of two of their elements
     */
    record Tolerance(double cosine, double difference) {
        /** What rounding in another order explains. */
        public static final Tolerance EXACT = new Tolerance(0.9999, 1e-4);
    }

    /**
     * Where long texts are cut off.
     *
     * @param words how many times the word {@code a} may stand in a text that is still taken whole
     * @param flag the column that is true where a text was cut off, if there is one
     */
    record Limit(int words, Optional<String> flag) {
        public Limit {
            requireNonNull(flag, "flag");
        }
    }

    /**
     * Settings that cannot be opened.
     *
     * @param what for people
     * @param settings as in a pipeline file
     * @param named what the error has to name: a file, a tensor, a number
     */
    record BrokenSettings(String what, Map<String, Object> settings, String named) {
        public BrokenSettings {
            requireNonNull(what, "what");
            settings = Map.copyOf(settings);
            requireNonNull(named, "named");
        }
    }
}
