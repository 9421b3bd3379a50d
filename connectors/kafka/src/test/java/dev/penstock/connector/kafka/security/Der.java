package dev.penstock.connector.kafka.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The encoding of certificates, as far as they need it here. */
final class Der {
    private static final int LONG_FORM = 0x80;
    private static final int EXPLICIT = 0xA0;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 1 << 8) {
            out.write(LONG_FORM + 2);
            out.write(length >> 8);
        } else if (length >= LONG_FORM) {
            out.write(LONG_FORM + 1);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] set(byte[] part) {
        return tagged(0x31, part);
    }

    static byte[] explicit(int number, byte[] part) {
        return tagged(EXPLICIT + number, part);
    }

    static byte[] integer(byte[] value) {
        return tagged(0x02, value);
    }

    static byte[] yes() {
        return tagged(0x01, new byte[] {(byte) 0xFF});
    }

    static byte[] bits(byte[] value) {
        return tagged(0x03, new byte[1], value);
    }

    static byte[] octets(byte[] value) {
        return tagged(0x04, value);
    }

    static byte[] text(String value) {
        return tagged(0x0C, value.getBytes(UTF_8));
    }

    static byte[] time(Instant value) {
        return tagged(0x18, TIME.format(value).getBytes(US_ASCII));
    }

    /** An object identifier, of which the first two numbers are one. */
    static byte[] name(int firstTwo, int... others) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(firstTwo);
        for (int number : others) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (number >> shift != 0) {
                    out.write(LONG_FORM | ((number >> shift) & (LONG_FORM - 1)));
                }
            }
            out.write(number & (LONG_FORM - 1));
        }
        return tagged(0x06, out.toByteArray());
    }
}
