package dev.penstock.format.protobuf;

import dev.penstock.format.registry.RecordOutput;

/** The bytes of one message being written. Not thread safe. */
final class ProtoOutput extends RecordOutput {
    /**
     * Puts the length of what was written since {@code from} before it: lengths are known only then, and mostly take
     * one byte, so that moving the bytes costs less than writing them twice.
     */
    void insertLength(int from) {
        long length = (long) size() - from;
        int bytes = 1;
        while (length >>> (7 * bytes) != 0) {
            bytes++;
        }
        reserve(bytes);
        byte[] data = data();
        System.arraycopy(data, from, data, from + bytes, (int) length);
        for (int i = 0; i < bytes; i++) {
            data[from + i] = (byte) (((length >>> (7 * i)) & 0x7f) | (i < bytes - 1 ? 0x80 : 0));
        }
    }
}
