package dev.penstock.dataflow.expression;

import dev.penstock.spi.data.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/** A value that is the same in every row; filled into a vector once, and again only when a batch is larger. */
final class Constant implements Kernel {
    private final Vector.Kind kind;
    private final Object value;
    private final IntFunction<Vector> filler;
    private Vector filled;
    private int size;

    private Constant(Vector.Kind kind, Object value, IntFunction<Vector> filler) {
        this.kind = kind;
        this.value = value;
        this.filler = filler;
        this.filled = filler.apply(0);
    }

    static Constant ofLong(Vector.Kind kind, long value) {
        return new Constant(kind, value, size -> {
            long[] values = new long[size];
            Arrays.fill(values, value);
            return new Vector.Longs(values, null);
        });
    }

    static Constant of(double value) {
        return new Constant(Vector.Kind.DOUBLE, value, size -> {
            double[] values = new double[size];
            Arrays.fill(values, value);
            return new Vector.Doubles(values, null);
        });
    }

    static Constant of(boolean value) {
        return new Constant(Vector.Kind.BOOL, value, size -> {
            boolean[] values = new boolean[size];
            Arrays.fill(values, value);
            return new Vector.Booleans(values, null);
        });
    }

    static Constant of(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new Constant(Vector.Kind.STRING, value, size -> {
            byte[] data = new byte[Math.multiplyExact(size, bytes.length)];
            int[] offsets = new int[size + 1];
            for (int i = 0; i < size; i++) {
                System.arraycopy(bytes, 0, data, i * bytes.length, bytes.length);
                offsets[i + 1] = (i + 1) * bytes.length;
            }
            return new Vector.Strings(data, offsets, null);
        });
    }

    static Constant ofNull() {
        return new Constant(Vector.Kind.NULL, "null", size -> {
            byte[] status = new byte[size];
            Arrays.fill(status, Status.NULL);
            return new Vector.Objects(new Object[size], status);
        });
    }

    /** The value, boxed. */
    Object value() {
        return value;
    }

    @Override
    public Vector.Kind kind() {
        return kind;
    }

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public Vector evaluate(RecordBatch batch) {
        if (size < batch.rowCount()) {
            size = batch.rowCount();
            filled = filler.apply(size);
        }
        return filled;
    }
}
