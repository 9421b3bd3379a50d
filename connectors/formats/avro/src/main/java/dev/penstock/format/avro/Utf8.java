package dev.penstock.format.avro;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Whether the {@code length} bytes from {@code from} on are UTF-8. */
    static boolean isValid(byte[] text, int from, int length) {
        int at = from;
        int to = from + length;
        while (to - at >= Long.BYTES && ((long) LONGS.get(text, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < to && text[at] >= 0) {
            at++;
        }
        return at == to || decodes(text, at, to - at);
    }

    private static boolean decodes(byte[] text, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, from, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
