package dev.penstock.spi.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a column have a value; one bit a row, and no bits at all where every row has one.
 *
 * <p>A row of a change may say of a column that its value is what it was before, without saying what that is, as
 * PostgreSQL does of large values. Such a row has no value here, and is {@linkplain #isUnchanged unchanged}: it is not
 * null, and must never be written as null.
 */
public final class Validity {
    /** Every row has a value. */
    public static final Validity ALL = new Validity(null, null);

    private final long @Nullable [] words;
    private final long @Nullable [] unchanged;

    private Validity(long @Nullable [] words, long @Nullable [] unchanged) {
        this.words = words;
        this.unchanged = unchanged;
    }

    /**
     * The rows whose bit in {@code words} is set are valid; the lowest bit of the first word is row 0. The array is
     * kept, not copied.
     */
    public static Validity of(long[] words) {
        return new Validity(words, null);
    }

    /** Every row is null. */
    public static Validity none(int rows) {
        return new Validity(new long[wordCount(rows)], null);
    }

    /** The words that hold {@code rows} bits. */
    public static int wordCount(int rows) {
        return (rows + 63) >>> 6;
    }

    /** Whether no row can be null; kernels then skip the look-up. */
    public boolean allValid() {
        return words == null;
    }

    /** Whether {@code row} has no value. */
    public boolean isNull(int row) {
        return words != null && (words[row >>> 6] & (1L << row)) == 0;
    }

    /** Whether a row may be {@linkplain #isUnchanged unchanged}. */
    public boolean anyUnchanged() {
        return unchanged != null;
    }

    /** Whether {@code row} has no value here because it keeps the one it had before. */
    public boolean isUnchanged(int row) {
        return unchanged != null && (unchanged[row >>> 6] & (1L << row)) != 0;
    }

    /** The rows that are valid in both, of {@code rows} rows: what most functions of two columns give. */
    public Validity and(Validity other, int rows) {
        if (words == null) {
            return other;
        }
        if (other.words == null) {
            return this;
        }
        long[] both = new long[wordCount(rows)];
        for (int i = 0; i < both.length; i++) {
            both[i] = words[i] & other.words[i];
        }
        return new Validity(both, null);
    }

    /** The validity of the rows {@code rows[0]} to {@code rows[count - 1]}, in that order. */
    public Validity take(int[] rows, int count) {
        if (words == null) {
            return ALL;
        }
        Builder builder = new Builder();
        for (int i = 0; i < count; i++) {
            builder.append(this, rows[i]);
        }
        return builder.build();
    }

    /** The validity of rows {@code from} (inclusive) to {@code to} (exclusive). */
    public Validity slice(int from, int to) {
        if (words == null) {
            return ALL;
        }
        Builder builder = new Builder();
        builder.append(this, from, to);
        return builder.build();
    }

    /** The bytes the bits take. */
    public long sizeInBytes() {
        return (words == null ? 0 : 8L * words.length) + (unchanged == null ? 0 : 8L * unchanged.length);
    }

    /** Collects validity row by row; allocates nothing until the first null. */
    static final class Builder {
        private long @Nullable [] words;
        private long @Nullable [] unchanged;
        private int size;

        int size() {
            return size;
        }

        void appendValid() {
            if (words != null) {
                set(ensure(words));
            }
            size++;
        }

        void appendNull() {
            if (words == null) {
                words = allValidSoFar();
            }
            words = ensure(words);
            words[size >>> 6] &= ~(1L << size);
            size++;
        }

        void append(Validity source, int from, int to) {
            if (source.allValid() && words == null) {
                size += to - from;
                return;
            }
            for (int row = from; row < to; row++) {
                append(source, row);
            }
        }

        private void append(Validity source, int row) {
            if (!source.isNull(row)) {
                appendValid();
                return;
            }
            appendNull();
            if (source.isUnchanged(row)) {
                markUnchanged();
            }
        }

        /** Says of the row appended last, which is null, that it is unchanged. */
        void markUnchanged() {
            int row = size - 1;
            long[] marks = unchanged == null ? new long[wordCount(size)] : unchanged;
            marks = row >>> 6 < marks.length ? marks : Arrays.copyOf(marks, wordCount(size) * 2);
            marks[row >>> 6] |= 1L << row;
            unchanged = marks;
        }

        Validity build() {
            if (words == null) {
                return ALL;
            }
            return new Validity(
                    Arrays.copyOf(words, wordCount(size)),
                    unchanged == null ? null : Arrays.copyOf(unchanged, wordCount(size)));
        }

        private void set(long[] grown) {
            grown[size >>> 6] |= 1L << size;
            words = grown;
        }

        private long[] allValidSoFar() {
            long[] valid = new long[Math.max(4, wordCount(size + 1) * 2)];
            Arrays.fill(valid, 0, size >>> 6, -1L);
            if ((size & 63) != 0) {
                valid[size >>> 6] = (1L << size) - 1;
            }
            return valid;
        }

        private long[] ensure(long[] current) {
            return size >>> 6 < current.length ? current : Arrays.copyOf(current, current.length * 2);
        }
    }
}
