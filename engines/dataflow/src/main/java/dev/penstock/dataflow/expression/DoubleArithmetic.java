package dev.penstock.dataflow.expression;

/** Arithmetic of doubles, which never fails, and conversions from and to them. */
final class DoubleArithmetic {
    private DoubleArithmetic() {}

    static Vector add(Vector.Doubles left, Vector.Doubles right, int size) {
        double[] a = left.values();
        double[] b = right.values();
        double[] results = new double[size];
        for (int i = 0; i < size; i++) {
            results[i] = a[i] + b[i];
        }
        return new Vector.Doubles(results, Status.strict(left.status(), right.status(), size));
    }

    static Vector subtract(Vector.Doubles left, Vector.Doubles right, int size) {
        double[] a = left.values();
        double[] b = right.values();
        double[] results = new double[size];
        for (int i = 0; i < size; i++) {
            results[i] = a[i] - b[i];
        }
        return new Vector.Doubles(results, Status.strict(left.status(), right.status(), size));
    }

    static Vector multiply(Vector.Doubles left, Vector.Doubles right, int size) {
        double[] a = left.values();
        double[] b = right.values();
        double[] results = new double[size];
        for (int i = 0; i < size; i++) {
            results[i] = a[i] * b[i];
        }
        return new Vector.Doubles(results, Status.strict(left.status(), right.status(), size));
    }

    static Vector divide(Vector.Doubles left, Vector.Doubles right, int size) {
        double[] a = left.values();
        double[] b = right.values();
        double[] results = new double[size];
        for (int i = 0; i < size; i++) {
            results[i] = a[i] / b[i];
        }
        return new Vector.Doubles(results, Status.strict(left.status(), right.status(), size));
    }

    static Vector negate(Vector.Doubles operand, int size) {
        double[] results = new double[size];
        for (int i = 0; i < size; i++) {
            results[i] = -operand.values()[i];
        }
        return new Vector.Doubles(results, Status.strict(operand.status(), size));
    }

    static Vector ofLongs(Vector.Longs operand, int size) {
        double[] results = new double[size];
        for (int i = 0; i < size; i++) {
            results[i] = operand.values()[i];
        }
        return new Vector.Doubles(results, Status.strict(operand.status(), size));
    }

    /** Cut towards zero; a double beyond 64 bits, or none at all, is an error. */
    static Vector toLongs(Vector.Doubles operand, int size) {
        long[] results = new long[size];
        byte @org.jspecify.annotations.Nullable [] status = Status.strict(operand.status(), size);
        for (int i = 0; i < size; i++) {
            double value = operand.values()[i];
            results[i] = (long) value;
            if (!(value > -0x1p63 && value < 0x1p63)) {
                status = LongArithmetic.failed(status, size, i, Status.OVERFLOW);
            }
        }
        return new Vector.Longs(results, status);
    }
}
