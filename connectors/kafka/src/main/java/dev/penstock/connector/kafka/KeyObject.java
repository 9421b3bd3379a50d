package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Writes keys of several columns as JSON objects, without white space and with the fields in the order of the columns,
 * so that equal keys are equal bytes: numbers and truth values bare, bytes as Base64, everything else as strings.
 */
final class KeyObject {
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    /** The characters that have an escape of one letter, and these letters. */
    private static final String ESCAPED = "\"\\\b\f\n\r\t";

    private static final String LETTERS = "\"\\bfnrt";

    private final List<Column> columns;
    /** What stands before each value. */
    private final List<byte[]> prefixes = new ArrayList<>();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    KeyObject(List<String> names, List<Column> columns) {
        this.columns = columns;
        for (String name : names) {
            out.write(prefixes.isEmpty() ? '{' : ',');
            writeString(name.getBytes(UTF_8), 0, name.getBytes(UTF_8).length);
            out.write(':');
            prefixes.add(out.toByteArray());
            out.reset();
        }
    }

    byte[] write(int row) {
        out.reset();
        for (int i = 0; i < columns.size(); i++) {
            out.writeBytes(prefixes.get(i));
            write(columns.get(i), row);
        }
        out.write('}');
        return out.toByteArray();
    }

    private void write(Column column, int row) {
        DataType type = column.type();
        if (column.isNull(row)) {
            out.writeBytes("null".getBytes(US_ASCII));
        } else if (column instanceof BytesColumn bytes && type == DataType.JSON) {
            out.write(bytes.data(), bytes.start(row), bytes.length(row));
        } else if (column instanceof BytesColumn bytes && type == DataType.STRING) {
            writeString(bytes.data(), bytes.start(row), bytes.start(row + 1));
        } else if (column instanceof BytesColumn bytes && type == DataType.BYTES) {
            writeQuoted(Base64.getEncoder().encode(bytes.bytes(row)));
        } else {
            byte[] text = String.valueOf(column.value(row)).getBytes(UTF_8);
            if (type == DataType.UUID || type == DataType.DATE) {
                writeQuoted(text);
            } else {
                out.writeBytes(text);
            }
        }
    }

    private void writeQuoted(byte[] text) {
        out.write('"');
        out.writeBytes(text);
        out.write('"');
    }

    private void writeString(byte[] text, int from, int to) {
        out.write('"');
        for (int i = from; i < to; i++) {
            int letter = ESCAPED.indexOf(text[i]);
            if (letter >= 0) {
                out.write('\\');
                out.write(LETTERS.charAt(letter));
            } else if (text[i] >= 0 && text[i] < ' ') {
                out.writeBytes("\\u00".getBytes(US_ASCII));
                out.write(HEX[text[i] >> 4]);
                out.write(HEX[text[i] & 0xF]);
            } else {
                out.write(text[i]);
            }
        }
        out.write('"');
    }
}
