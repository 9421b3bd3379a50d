package dev.penstock.dataflow.expression;

/** Comparisons with a constant, which then stays in a register. */
final class ConstantComparison {
    private ConstantComparison() {}

    /** Whether the values are less than {@code bound}, or equal to it unless {@code strictly}. */
    static Vector below(Vector.Longs operand, long bound, boolean strictly, int size, Buffers out) {
        long[] values = operand.values();
        boolean[] results = out.booleans(size);
        if (!strictly && bound == Long.MAX_VALUE) {
            java.util.Arrays.fill(results, 0, size, true);
            return new Vector.Booleans(results, Status.strict(operand.status(), size));
        }
        long first = strictly ? bound : bound + 1;
        for (int i = 0; i < size; i++) {
            results[i] = values[i] < first;
        }
        return new Vector.Booleans(results, Status.strict(operand.status(), size));
    }

    /** Whether the values are greater than {@code bound}, or equal to it unless {@code strictly}. */
    static Vector above(Vector.Longs operand, long bound, boolean strictly, int size, Buffers out) {
        long[] values = operand.values();
        boolean[] results = out.booleans(size);
        if (!strictly && bound == Long.MIN_VALUE) {
            java.util.Arrays.fill(results, 0, size, true);
            return new Vector.Booleans(results, Status.strict(operand.status(), size));
        }
        long last = strictly ? bound : bound - 1;
        for (int i = 0; i < size; i++) {
            results[i] = values[i] > last;
        }
        return new Vector.Booleans(results, Status.strict(operand.status(), size));
    }

    /** As {@link #below(Vector.Longs, long, boolean, int, Buffers)}. */
    static Vector below(Vector.Doubles operand, double bound, boolean strictly, int size, Buffers out) {
        double[] values = operand.values();
        boolean[] results = out.booleans(size);
        if (strictly) {
            for (int i = 0; i < size; i++) {
                results[i] = values[i] < bound;
            }
        } else {
            for (int i = 0; i < size; i++) {
                results[i] = values[i] <= bound;
            }
        }
        return new Vector.Booleans(results, Status.strict(operand.status(), size));
    }

    /** As {@link #above(Vector.Longs, long, boolean, int, Buffers)}. */
    static Vector above(Vector.Doubles operand, double bound, boolean strictly, int size, Buffers out) {
        double[] values = operand.values();
        boolean[] results = out.booleans(size);
        if (strictly) {
            for (int i = 0; i < size; i++) {
                results[i] = values[i] > bound;
            }
        } else {
            for (int i = 0; i < size; i++) {
                results[i] = values[i] >= bound;
            }
        }
        return new Vector.Booleans(results, Status.strict(operand.status(), size));
    }
}
