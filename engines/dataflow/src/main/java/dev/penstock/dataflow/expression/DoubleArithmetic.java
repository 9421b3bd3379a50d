package dev.penstock.dataflow.expression;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Arithmetic of doubles, which never fails, and conversions from and to them. */
final class DoubleArithmetic {
    private DoubleArithmetic() {}

    static Vector add(Vector.Doubles left, Vector.Doubles right, int size, Buffers out) {
        double[] a = left.values();
        double[] b = right.values();
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] + b[i];
        }
        return new Vector.Doubles(results, Status.strict(left.status(), right.status(), size));
    }

    static Vector subtract(Vector.Doubles left, Vector.Doubles right, int size, Buffers out) {
        double[] a = left.values();
        double[] b = right.values();
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] - b[i];
        }
        return new Vector.Doubles(results, Status.strict(left.status(), right.status(), size));
    }

    static Vector multiply(Vector.Doubles left, Vector.Doubles right, int size, Buffers out) {
        double[] a = left.values();
        double[] b = right.values();
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] * b[i];
        }
        return new Vector.Doubles(results, Status.strict(left.status(), right.status(), size));
    }

    static Vector divide(Vector.Doubles left, Vector.Doubles right, int size, Buffers out) {
        double[] a = left.values();
        double[] b = right.values();
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] / b[i];
        }
        return new Vector.Doubles(results, Status.strict(left.status(), right.status(), size));
    }

    /** The operator {@code name} with a constant on its right, which stays in a register. */
    static Optional<Functions.Unary<Vector.Doubles>> by(String name, double constant) {
        return switch (name) {
            case "_+_" -> Optional.of((operand, size, out) -> addConstant(operand, constant, size, out));
            case "_-_" -> Optional.of((operand, size, out) -> addConstant(operand, -constant, size, out));
            case "_*_" -> Optional.of((operand, size, out) -> multiplyBy(operand, constant, size, out));
            case "_/_" -> Optional.of((operand, size, out) -> divideBy(operand, constant, size, out));
            default -> Optional.empty();
        };
    }

    private static Vector addConstant(Vector.Doubles operand, double constant, int size, Buffers out) {
        double[] a = operand.values();
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] + constant;
        }
        return new Vector.Doubles(results, Status.strict(operand.status(), size));
    }

    private static Vector multiplyBy(Vector.Doubles operand, double constant, int size, Buffers out) {
        double[] a = operand.values();
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] * constant;
        }
        return new Vector.Doubles(results, Status.strict(operand.status(), size));
    }

    private static Vector divideBy(Vector.Doubles operand, double constant, int size, Buffers out) {
        double[] a = operand.values();
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = a[i] / constant;
        }
        return new Vector.Doubles(results, Status.strict(operand.status(), size));
    }

    static Vector negate(Vector.Doubles operand, int size, Buffers out) {
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = -operand.values()[i];
        }
        return new Vector.Doubles(results, Status.strict(operand.status(), size));
    }

    static Vector ofLongs(Vector.Longs operand, int size, Buffers out) {
        double[] results = out.doubles(size);
        for (int i = 0; i < size; i++) {
            results[i] = operand.values()[i];
        }
        return new Vector.Doubles(results, Status.strict(operand.status(), size));
    }

    /** Cut towards zero; a double beyond 64 bits, or none at all, is an error. */
    static Vector toLongs(Vector.Doubles operand, int size, Buffers out) {
        long[] results = out.longs(size);
        byte @Nullable [] status = Status.strict(operand.status(), size);
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
