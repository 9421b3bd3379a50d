package dev.penstock.connector.postgres;

import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.ListColumnBuilder;
import java.util.Arrays;

/** Arrays in their text form: <code>{{1,NULL},{"a b","c\"d"}}</code>, with {@code [0:1]=} before or not. */
final class ArrayText {
    private final ListColumnBuilder[] levels;
    private final ColumnBuilder values;
    private final ValueReader reader;
    private final char delimiter;
    private byte[] unescaped = new byte[64];

    ArrayText(ListColumnBuilder[] levels, ColumnBuilder values, ValueReader reader, char delimiter) {
        this.levels = levels;
        this.values = values;
        this.reader = reader;
        this.delimiter = delimiter;
    }

    void read(byte[] bytes, int from, int length) {
        int end = from + length;
        int at = from;
        if (bytes[at] == '[') {
            while (at < end && bytes[at] != '=') {
                at++;
            }
            at++;
        }
        if (at + 2 == end) {
            levels[0].endList();
            return;
        }
        int depth = 0;
        while (at + depth < end && bytes[at + depth] == '{') {
            depth++;
        }
        if (depth != levels.length) {
            throw ArrayCodec.wrongDimensions(depth, levels.length);
        }
        readLevel(bytes, at, end, 0);
    }

    /** Reads from a brace to behind its counterpart. */
    private int readLevel(byte[] bytes, int from, int end, int level) {
        int at = from;
        do {
            at++;
            at = level < levels.length - 1 ? readLevel(bytes, at, end, level + 1) : readElement(bytes, at, end);
        } while (at < end && bytes[at] == delimiter);
        if (at >= end || bytes[at] != '}') {
            throw TextNumber.malformed(bytes, from, end - from);
        }
        levels[level].endList();
        return at + 1;
    }

    private int readElement(byte[] bytes, int from, int end) {
        if (bytes[from] == '"') {
            return readQuoted(bytes, from + 1, end);
        }
        int at = from;
        while (at < end && bytes[at] != delimiter && bytes[at] != '}') {
            at++;
        }
        if (isNull(bytes, from, at - from)) {
            values.appendNull();
        } else {
            reader.read(bytes, from, at - from);
        }
        return at;
    }

    private static boolean isNull(byte[] bytes, int from, int length) {
        return length == 4
                && bytes[from] == 'N'
                && bytes[from + 1] == 'U'
                && bytes[from + 2] == 'L'
                && bytes[from + 3] == 'L';
    }

    private int readQuoted(byte[] bytes, int from, int end) {
        if (unescaped.length < end - from) {
            unescaped = Arrays.copyOf(unescaped, Math.max(end - from, unescaped.length * 2));
        }
        int length = 0;
        int at = from;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 1 : 0;
            unescaped[length++] = bytes[at++];
        }
        reader.read(unescaped, 0, length);
        return at + 1;
    }
}
