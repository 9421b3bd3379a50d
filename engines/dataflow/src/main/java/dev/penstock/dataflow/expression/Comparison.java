package dev.penstock.dataflow.expression;

import dev.penstock.dataflow.expression.Functions.Binary;
import org.jspecify.annotations.Nullable;

/** Comparisons. Only less, less or equal, and equal are loops; the others turn operands or results round. */
final class Comparison {
    private static final int FIRST_OF_FOUR_BYTES = 0xF0;
    private static final int FIRST_BEYOND_SURROGATES = 0xEE;

    private Comparison() {}

    static Binary<Vector.Longs, Vector.Longs> ofLongs(boolean strictly) {
        return strictly ? Comparison::less : Comparison::lessOrEqual;
    }

    static Binary<Vector.Doubles, Vector.Doubles> ofDoubles(boolean strictly) {
        return strictly ? Comparison::less : Comparison::lessOrEqual;
    }

    static Binary<Vector.Strings, Vector.Strings> ofStrings(boolean strictly) {
        return strictly ? Comparison::less : Comparison::lessOrEqual;
    }

    static Binary<Vector.Doubles, Vector.Longs> ofDoubleAndLong(boolean strictly) {
        return strictly ? Comparison::less : Comparison::lessOrEqual;
    }

    private static Vector less(Vector.Longs left, Vector.Longs right, int size, Buffers out) {
        long[] a = left.values();
        long[] b = right.values();
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] < b[i];
        }
        return new Vector.Booleans(results, Status.strict(left.status(), right.status(), size));
    }

    private static Vector lessOrEqual(Vector.Longs left, Vector.Longs right, int size, Buffers out) {
        long[] a = left.values();
        long[] b = right.values();
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] <= b[i];
        }
        return new Vector.Booleans(results, Status.strict(left.status(), right.status(), size));
    }

    private static Vector less(Vector.Doubles left, Vector.Doubles right, int size, Buffers out) {
        double[] a = left.values();
        double[] b = right.values();
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] < b[i];
        }
        return new Vector.Booleans(results, Status.strict(left.status(), right.status(), size));
    }

    private static Vector lessOrEqual(Vector.Doubles left, Vector.Doubles right, int size, Buffers out) {
        double[] a = left.values();
        double[] b = right.values();
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] <= b[i];
        }
        return new Vector.Booleans(results, Status.strict(left.status(), right.status(), size));
    }

    /** {@code left < right} as the library has it: NaN is greater than every number, and -0.0 less than 0. */
    private static Vector less(Vector.Doubles left, Vector.Longs right, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = compare(left.values()[i], right.values()[i]) < 0;
        }
        return new Vector.Booleans(results, Status.strict(left.status(), right.status(), size));
    }

    /** {@code left <= right}, likewise. */
    private static Vector lessOrEqual(Vector.Doubles left, Vector.Longs right, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = compare(left.values()[i], right.values()[i]) <= 0;
        }
        return new Vector.Booleans(results, Status.strict(left.status(), right.status(), size));
    }

    private static int compare(double left, long right) {
        double rounded = right;
        return left < rounded ? -1 : left > rounded ? 1 : Double.compare(left, rounded);
    }

    private static Vector less(Vector.Strings left, Vector.Strings right, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = compare(left, right, i) < 0;
        }
        return new Vector.Booleans(results, Status.strict(left.status(), right.status(), size));
    }

    private static Vector lessOrEqual(Vector.Strings left, Vector.Strings right, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = compare(left, right, i) <= 0;
        }
        return new Vector.Booleans(results, Status.strict(left.status(), right.status(), size));
    }

    /** The order of UTF-16 units, which is that of the library: what takes two units sorts before the last of one. */
    private static int compare(Vector.Strings left, Vector.Strings right, int row) {
        int a = left.offsets()[row];
        int b = right.offsets()[row];
        int lengthA = left.length(row);
        int lengthB = right.length(row);
        int at = java.util.Arrays.mismatch(left.data(), a, a + lengthA, right.data(), b, b + lengthB);
        if (at < 0 || at == lengthA || at == lengthB) {
            return at < 0 ? 0 : Integer.compare(lengthA, lengthB);
        }
        int byteA = left.data()[a + at] & 0xFF;
        int byteB = right.data()[b + at] & 0xFF;
        boolean turned = Math.max(byteA, byteB) >= FIRST_OF_FOUR_BYTES
                && Math.min(byteA, byteB) >= FIRST_BEYOND_SURROGATES
                && Math.min(byteA, byteB) < FIRST_OF_FOUR_BYTES;
        return turned ? byteB - byteA : byteA - byteB;
    }

    /** Whether the values are equal; null equals null and nothing else. */
    static Vector.Booleans equal(Vector left, Vector right, int size, Buffers out) {
        boolean[] results = equalValues(left, right, size, out);
        byte @Nullable [] a = left.status();
        byte @Nullable [] b = right.status();
        if (a == null && b == null) {
            return new Vector.Booleans(results, null);
        }
        byte[] status = new byte[size];
        for (int i = 0; i < size; i++) {
            byte first = Status.at(a, i);
            byte second = Status.at(b, i);
            if (first > Status.NULL || second > Status.NULL) {
                status[i] = first > Status.NULL ? first : second;
            } else if (first != second || first == Status.NULL) {
                results[i] = first == second;
            }
        }
        return new Vector.Booleans(results, status);
    }

    private static boolean[] equalValues(Vector left, Vector right, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        if (left instanceof Vector.Longs a && right instanceof Vector.Longs b) {
            for (int i = 0; i < size; i++) {
                results[i] = a.values()[i] == b.values()[i];
            }
        } else if (left instanceof Vector.Doubles a && right instanceof Vector.Doubles b) {
            for (int i = 0; i < size; i++) {
                results[i] = a.values()[i] == b.values()[i];
            }
        } else if (left instanceof Vector.Booleans a && right instanceof Vector.Booleans b) {
            for (int i = 0; i < size; i++) {
                results[i] = a.values()[i] == b.values()[i];
            }
        } else if (left instanceof Vector.Strings a && right instanceof Vector.Strings b) {
            equalStrings(a, b, results, size);
        }
        return results;
    }

    private static void equalStrings(Vector.Strings a, Vector.Strings b, boolean[] results, int size) {
        for (int i = 0; i < size; i++) {
            results[i] = java.util.Arrays.equals(
                    a.data(), a.offsets()[i], a.offsets()[i + 1], b.data(), b.offsets()[i], b.offsets()[i + 1]);
        }
    }

    /** Whether the values are null. */
    static Vector.Booleans isNull(byte @Nullable [] operand, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        if (operand == null) {
            java.util.Arrays.fill(results, false);
            return new Vector.Booleans(results, null);
        }
        byte[] status = new byte[size];
        for (int i = 0; i < size; i++) {
            results[i] = operand[i] == Status.NULL;
            status[i] = operand[i] > Status.NULL ? operand[i] : Status.OK;
        }
        return new Vector.Booleans(results, status);
    }
}
