package dev.penstock.connector.iceberg.reading;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;

/** Bytes of a page and how far they were read; numbers have their lowest byte first. */
final class PageBytes {
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int at;
    private int bit;

    PageBytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static PageBytes of(BytesInput input) {
        ByteBuffer buffer = buffer(input);
        int from = buffer.arrayOffset() + buffer.position();
        return new PageBytes(buffer.array(), from, from + buffer.remaining());
    }

    /** The bytes in an array, theirs where they have one. */
    static ByteBuffer buffer(BytesInput input) {
        ByteBuffer buffer = input.toByteBuffer(HeapByteBufferAllocator.getInstance(), copy -> {});
        if (buffer.hasArray()) {
            return buffer;
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return ByteBuffer.wrap(copy);
    }

    byte[] array() {
        return bytes;
    }

    int at() {
        return at;
    }

    int end() {
        return end;
    }

    /** Where the next {@code length} bytes begin, which are read by that. */
    int take(int length) {
        int from = at;
        if (length < 0 || length > end - at) {
            throw new IndexOutOfBoundsException("a page ends too early");
        }
        at += length;
        return from;
    }

    int nextInt() {
        return (int) INT.get(bytes, take(Integer.BYTES));
    }

    /** The next {@code length} bytes apart from the rest. */
    PageBytes part(int length) {
        int from = take(length);
        return new PageBytes(bytes, from, at);
    }

    /** What is left, for those who read buffers. */
    ByteBuffer rest() {
        return ByteBuffer.wrap(bytes, at, end - at).slice();
    }

    /** What is left, as numbers. */
    ByteBuffer numbers(int length) {
        int from = take(length);
        return ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The next bit, the lowest of a byte first. */
    boolean nextBit() {
        if (at >= end) {
            throw new IndexOutOfBoundsException("a page ends too early");
        }
        boolean set = (bytes[at] >> bit & 1) != 0;
        bit = (bit + 1) & 7;
        at += bit == 0 ? 1 : 0;
        return set;
    }
}
