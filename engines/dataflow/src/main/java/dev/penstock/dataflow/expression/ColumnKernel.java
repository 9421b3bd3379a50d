package dev.penstock.dataflow.expression;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.StructColumn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column, or a field of a struct column, as a vector. */
record ColumnKernel(Vector.Kind kind, int[] path) implements Kernel {
    /** The kernel for the column at {@code path}, if kernels know its type. */
    static Optional<Kernel> of(DataType type, int[] path) {
        return kind(type).map(kind -> new ColumnKernel(kind, path));
    }

    private static Optional<Vector.Kind> kind(DataType type) {
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamp.precision() == DataType.Precision.MICROS
                    ? Optional.of(Vector.Kind.TIMESTAMP)
                    : Optional.empty();
        }
        if (!(type instanceof DataType.Scalar scalar)) {
            return Optional.empty();
        }
        return switch (scalar) {
            case BOOLEAN -> Optional.of(Vector.Kind.BOOL);
            case INT8, INT16, INT32, INT64 -> Optional.of(Vector.Kind.INT);
            case FLOAT32, FLOAT64 -> Optional.of(Vector.Kind.DOUBLE);
            case STRING -> Optional.of(Vector.Kind.STRING);
            case TIME -> Optional.of(Vector.Kind.DURATION);
            case BYTES, DATE, UUID, JSON -> Optional.empty();
        };
    }

    @Override
    public Vector evaluate(RecordBatch batch) {
        Column column = Columns.at(batch, path);
        byte @Nullable [] status = status(batch, path);
        if (column instanceof LongColumn longs) {
            return new Vector.Longs(longs.values(), status);
        }
        if (column instanceof IntColumn ints) {
            return new Vector.Longs(widened(ints.values()), status);
        }
        if (column instanceof DoubleColumn doubles) {
            return new Vector.Doubles(doubles.values(), status);
        }
        if (column instanceof FloatColumn floats) {
            return new Vector.Doubles(widened(floats.values()), status);
        }
        if (column instanceof BooleanColumn booleans) {
            return new Vector.Booleans(booleans.values(), status);
        }
        BytesColumn bytes = (BytesColumn) column;
        return new Vector.Strings(bytes.data(), bytes.offsets(), status);
    }

    private static long[] widened(int[] values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            longs[i] = values[i];
        }
        return longs;
    }

    private static double[] widened(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** Which rows are null at {@code path}; null if none can be. */
    static byte @Nullable [] status(RecordBatch batch, int[] path) {
        Column column = batch.column(path[0]);
        boolean allValid = column.validity().allValid();
        for (int i = 1; i < path.length; i++) {
            column = ((StructColumn) column).fields().get(path[i]);
            allValid &= column.validity().allValid();
        }
        if (allValid) {
            return null;
        }
        byte[] status = new byte[batch.rowCount()];
        for (int row = 0; row < status.length; row++) {
            status[row] = Columns.isNull(batch, path, row) ? Status.NULL : Status.OK;
        }
        return status;
    }
}
