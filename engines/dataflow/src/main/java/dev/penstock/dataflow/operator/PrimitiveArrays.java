package dev.penstock.dataflow.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Arrays of numbers: a length and the numbers. */
final class PrimitiveArrays {
    private PrimitiveArrays() {}

    static void write(int[] values, DataOutput out) throws IOException {
        Lengths.write(values.length, out);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    static int[] readInts(DataInput in) throws IOException {
        int[] values = new int[Lengths.read(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    static void write(long[] values, DataOutput out) throws IOException {
        Lengths.write(values.length, out);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    static long[] readLongs(DataInput in) throws IOException {
        long[] values = new long[Lengths.read(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    static void write(float[] values, DataOutput out) throws IOException {
        Lengths.write(values.length, out);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[Lengths.read(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    static void write(double[] values, DataOutput out) throws IOException {
        Lengths.write(values.length, out);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[Lengths.read(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }
}
