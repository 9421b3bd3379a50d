package dev.penstock.connector.iceberg.parquet;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/** Bytes that grow in one array, written in the order that Parquet stores numbers in: the lowest byte first. */
final class ByteSink extends OutputStream {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    /** What the array takes. */
    int capacity() {
        return bytes.length;
    }

    byte[] array() {
        return bytes;
    }

    /** Makes room for {@code more} bytes, and returns the array that has it. */
    byte[] ensure(int more) {
        int wanted = Math.addExact(size, more);
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(wanted, 2L * bytes.length)));
        }
        return bytes;
    }

    /** Says that {@code more} bytes were put behind the last. */
    void advance(int more) {
        size += more;
    }

    @Override
    public void write(int value) {
        ensure(1)[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        System.arraycopy(source, from, ensure(length), size, length);
        size += length;
    }

    void putInt(int value) {
        INT.set(ensure(Integer.BYTES), size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        LONG.set(ensure(Long.BYTES), size, value);
        size += Long.BYTES;
    }

    void putInts(int[] values, int count) {
        byte[] target = ensure(count * Integer.BYTES);
        int at = size;
        for (int i = 0; i < count; i++, at += Integer.BYTES) {
            INT.set(target, at, values[i]);
        }
        size = at;
    }

    void putLongs(long[] values, int count) {
        byte[] target = ensure(count * Long.BYTES);
        int at = size;
        for (int i = 0; i < count; i++, at += Long.BYTES) {
            LONG.set(target, at, values[i]);
        }
        size = at;
    }

    /** A length and as many bytes. */
    void putSized(byte[] source, int from, int length) {
        byte[] target = ensure(Integer.BYTES + length);
        INT.set(target, size, length);
        System.arraycopy(source, from, target, size + Integer.BYTES, length);
        size += Integer.BYTES + length;
    }

    void clear() {
        size = 0;
    }

    /** The bytes as they are now; they change with this. */
    BytesInput view() {
        return BytesInput.from(bytes, 0, size);
    }

    /** A copy of the bytes. */
    BytesInput copy() {
        return BytesInput.from(Arrays.copyOf(bytes, size));
    }
}
