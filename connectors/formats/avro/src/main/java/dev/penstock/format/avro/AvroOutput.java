package dev.penstock.format.avro;

import dev.penstock.format.registry.RecordOutput;

/** The bytes of one record being written. Not thread safe. */
final class AvroOutput extends RecordOutput {
    void writeBoolean(boolean value) {
        int at = reserve(1);
        data()[at] = (byte) (value ? 1 : 0);
    }

    void writeLong(long value) {
        writeVarint((value << 1) ^ (value >> 63));
    }

    void writeFloat(float value) {
        writeFixed32(Float.floatToIntBits(value));
    }

    void writeDouble(double value) {
        writeFixed64(Double.doubleToLongBits(value));
    }

    /** The bytes behind their number. */
    void writeBytes(byte[] bytes, int from, int length) {
        writeLong(length);
        write(bytes, from, length);
    }
}
