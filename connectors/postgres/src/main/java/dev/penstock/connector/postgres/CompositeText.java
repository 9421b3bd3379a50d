package dev.penstock.connector.postgres;

import dev.penstock.spi.data.StructColumnBuilder;
import java.util.Arrays;

/** Composite values in their text form: {@code (1,"a ""b""",)}, where nothing is null. */
final class CompositeText {
    private final StructColumnBuilder structs;
    private final ValueReader[] readers;
    private byte[] unescaped = new byte[64];

    CompositeText(StructColumnBuilder structs, ValueReader[] readers) {
        this.structs = structs;
        this.readers = readers;
    }

    void read(byte[] bytes, int from, int length) {
        int end = from + length - 1;
        int at = from + 1;
        // Fields are read into a buffer of their own, which a composite inside of this one must not use too.
        if (unescaped.length < length) {
            unescaped = Arrays.copyOf(unescaped, Math.max(length, unescaped.length * 2));
        }
        for (int i = 0; i < readers.length; i++) {
            at = readField(i, bytes, at, end);
            boolean isLast = i == readers.length - 1;
            if (isLast ? at != end : at >= end || bytes[at] != ',') {
                throw CompositeCodec.changed();
            }
            at++;
        }
        structs.endStruct();
    }

    private int readField(int field, byte[] bytes, int from, int end) {
        boolean isQuoted = false;
        boolean inQuotes = false;
        int length = 0;
        int at = from;
        while (at < end && (inQuotes || bytes[at] != ',')) {
            if (bytes[at] == '"') {
                boolean isDoubled = inQuotes && at + 1 < end && bytes[at + 1] == '"';
                if (isDoubled) {
                    unescaped[length++] = '"';
                    at++;
                } else {
                    inQuotes = !inQuotes;
                    isQuoted = true;
                }
            } else {
                at += bytes[at] == '\\' ? 1 : 0;
                unescaped[length++] = bytes[at];
            }
            at++;
        }
        if (length == 0 && !isQuoted) {
            structs.field(field).appendNull();
        } else {
            readers[field].read(unescaped, 0, length);
        }
        return at;
    }
}
