package dev.penstock.connector.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks over a message of the output plugin pgoutput. Not thread safe; one is used for all messages. */
final class ReplicationMessage {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[0];
    private int start;
    private int at;
    private int end;

    /** Begins to walk over {@code message}. */
    void wrap(ByteBuffer message) {
        bytes = message.array();
        start = message.arrayOffset() + message.position();
        at = start;
        end = message.arrayOffset() + message.limit();
    }

    /** The array that the message is in. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the next byte is in {@link #bytes}. */
    int at() {
        return at;
    }

    /** Where the message begins in {@link #bytes}. */
    int start() {
        return start;
    }

    /** The number of bytes of the whole message. */
    int length() {
        return end - start;
    }

    boolean hasMore() {
        return at < end;
    }

    byte int8() {
        return bytes[at++];
    }

    int int16() {
        int value = (short) SHORTS.get(bytes, at);
        at += Short.BYTES;
        return value;
    }

    int int32() {
        int value = (int) INTS.get(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    long int64() {
        long value = (long) LONGS.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    /** The text up to the next zero byte. */
    String text() {
        int from = at;
        while (bytes[at] != 0) {
            at++;
        }
        return new String(bytes, from, at++ - from, StandardCharsets.UTF_8);
    }

    void skip(int count) {
        at += count;
    }
}
