package dev.penstock.dataflow.expression;

import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of 64-bit integers. The first loop computes all rows and only gathers whether any of them overflowed,
 * which the compiler can turn into vector instructions; which rows it was is found out by a second loop that rarely
 * runs.
 */
final class LongArithmetic {
    private LongArithmetic() {}

    static Vector add(Vector.Longs left, Vector.Longs right, int size, Buffers out) {
        long[] a = left.values();
        long[] b = right.values();
        long[] sums = out.longs(size);
        long overflow = 0;
        for (int i = 0; i < size; i++) {
            long sum = a[i] + b[i];
            sums[i] = sum;
            overflow |= (a[i] ^ sum) & (b[i] ^ sum);
        }
        byte @Nullable [] status = Status.strict(left.status(), right.status(), size);
        return new Vector.Longs(sums, overflow < 0 ? markAdd(a, b, status, size) : status);
    }

    private static byte[] markAdd(long[] a, long[] b, byte @Nullable [] status, int size) {
        byte[] marked = Status.orNew(status, size);
        for (int i = 0; i < size; i++) {
            long sum = a[i] + b[i];
            mark(marked, i, ((a[i] ^ sum) & (b[i] ^ sum)) < 0);
        }
        return marked;
    }

    static Vector subtract(Vector.Longs left, Vector.Longs right, int size, Buffers out) {
        long[] a = left.values();
        long[] b = right.values();
        long[] differences = out.longs(size);
        long overflow = 0;
        for (int i = 0; i < size; i++) {
            long difference = a[i] - b[i];
            differences[i] = difference;
            overflow |= (a[i] ^ b[i]) & (a[i] ^ difference);
        }
        byte @Nullable [] status = Status.strict(left.status(), right.status(), size);
        return new Vector.Longs(differences, overflow < 0 ? markSubtract(a, b, status, size) : status);
    }

    private static byte[] markSubtract(long[] a, long[] b, byte @Nullable [] status, int size) {
        byte[] marked = Status.orNew(status, size);
        for (int i = 0; i < size; i++) {
            mark(marked, i, ((a[i] ^ b[i]) & (a[i] ^ (a[i] - b[i]))) < 0);
        }
        return marked;
    }

    static Vector multiply(Vector.Longs left, Vector.Longs right, int size, Buffers out) {
        long[] a = left.values();
        long[] b = right.values();
        long[] products = out.longs(size);
        long overflow = 0;
        for (int i = 0; i < size; i++) {
            long product = a[i] * b[i];
            products[i] = product;
            overflow |= Math.multiplyHigh(a[i], b[i]) ^ (product >> 63);
        }
        byte @Nullable [] status = Status.strict(left.status(), right.status(), size);
        return new Vector.Longs(products, overflow != 0 ? markMultiply(a, b, status, size) : status);
    }

    private static byte[] markMultiply(long[] a, long[] b, byte @Nullable [] status, int size) {
        byte[] marked = Status.orNew(status, size);
        for (int i = 0; i < size; i++) {
            mark(marked, i, Math.multiplyHigh(a[i], b[i]) != (a[i] * b[i]) >> 63);
        }
        return marked;
    }

    private static void mark(byte[] status, int row, boolean overflowed) {
        if (overflowed && status[row] == Status.OK) {
            status[row] = Status.OVERFLOW;
        }
    }

    static Vector divide(Vector.Longs left, Vector.Longs right, int size, Buffers out) {
        long[] quotients = out.longs(size);
        byte @Nullable [] status = Status.strict(left.status(), right.status(), size);
        for (int i = 0; i < size; i++) {
            long divisor = right.values()[i];
            long dividend = left.values()[i];
            if (divisor == 0 || (divisor == -1 && dividend == Long.MIN_VALUE)) {
                status = failed(status, size, i, divisor == 0 ? Status.DIVISION_BY_ZERO : Status.OVERFLOW);
            } else {
                quotients[i] = dividend / divisor;
            }
        }
        return new Vector.Longs(quotients, status);
    }

    static Vector remainder(Vector.Longs left, Vector.Longs right, int size, Buffers out) {
        long[] remainders = out.longs(size);
        byte @Nullable [] status = Status.strict(left.status(), right.status(), size);
        for (int i = 0; i < size; i++) {
            long divisor = right.values()[i];
            if (divisor == 0) {
                status = failed(status, size, i, Status.DIVISION_BY_ZERO);
            } else {
                remainders[i] = left.values()[i] % divisor;
            }
        }
        return new Vector.Longs(remainders, status);
    }

    static Vector negate(Vector.Longs operand, int size, Buffers out) {
        long[] negated = out.longs(size);
        byte @Nullable [] status = Status.strict(operand.status(), size);
        for (int i = 0; i < size; i++) {
            negated[i] = -operand.values()[i];
            if (operand.values()[i] == Long.MIN_VALUE) {
                status = failed(status, size, i, Status.OVERFLOW);
            }
        }
        return new Vector.Longs(negated, status);
    }

    /** {@code status} with an error in {@code row}, unless that has one or is null. */
    static byte[] failed(byte @Nullable [] status, int size, int row, byte error) {
        byte[] marked = Status.orNew(status, size);
        if (marked[row] == Status.OK) {
            marked[row] = error;
        }
        return marked;
    }

    /** {@code vector} with an error in the rows whose value is not from {@code least} to {@code most}. */
    static Vector within(Vector vector, long least, long most, int size) {
        Vector.Longs longs = (Vector.Longs) vector;
        byte @Nullable [] status = longs.status();
        for (int i = 0; i < size; i++) {
            if (longs.values()[i] < least || longs.values()[i] > most) {
                status = failed(status, size, i, Status.OVERFLOW);
            }
        }
        return new Vector.Longs(longs.values(), status);
    }
}
