package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/** Writes rows as csv records; quotes what would be read differently without. */
final class CsvWriter {
    private final CsvOptions options;
    private final byte[] nullText;
    private final Column[] columns;
    private final TextWriter[] writers;
    private final List<String> names;
    private final ByteOutput value = new ByteOutput(64);

    CsvWriter(CsvOptions options, RecordBatch batch) {
        this.options = options;
        this.nullText = options.nullBytes();
        this.columns = batch.columns().toArray(Column[]::new);
        this.writers = batch.columns().stream().map(TextWriter::of).toArray(TextWriter[]::new);
        this.names = batch.schema().names();
    }

    static String header(CsvOptions options, List<String> names) {
        ByteOutput out = new ByteOutput(64);
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.put(options.delimiter());
            }
            byte[] name = names.get(i).getBytes(UTF_8);
            put(options, name, name.length, out, name.length == 0);
        }
        return new String(out.data(), 0, out.size(), UTF_8);
    }

    void write(int row, ByteOutput out) {
        for (int i = 0; i < columns.length; i++) {
            if (i > 0) {
                out.put(options.delimiter());
            }
            if (columns[i].isNull(row)) {
                out.put(nullText);
            } else {
                writeValue(i, row, out);
            }
        }
    }

    private void writeValue(int column, int row, ByteOutput out) {
        value.truncate(0);
        try {
            writers[column].write(row, value);
            if (columns[column].type() == DataType.STRING && !Utf8.isValid(value.data(), 0, value.size())) {
                throw new ValueException("expected text, found bytes that are not UTF-8");
            }
        } catch (ValueException e) {
            throw e.in(names.get(column));
        }
        boolean looksNull = value.size() == nullText.length
                && java.util.Arrays.equals(value.data(), 0, value.size(), nullText, 0, nullText.length);
        put(options, value.data(), value.size(), out, looksNull);
    }

    private static void put(CsvOptions options, byte[] text, int length, ByteOutput out, boolean mustQuote) {
        if (!mustQuote && !needsQuotes(options, text, length)) {
            out.put(text, 0, length);
            return;
        }
        out.put(options.quote());
        for (int i = 0; i < length; i++) {
            if (text[i] == options.quote()) {
                out.put(options.quote());
            }
            out.put(text[i]);
        }
        out.put(options.quote());
    }

    private static boolean needsQuotes(CsvOptions options, byte[] text, int length) {
        for (int i = 0; i < length; i++) {
            byte next = text[i];
            if (next == options.delimiter() || next == options.quote() || next == '\n' || next == '\r') {
                return true;
            }
        }
        return length > 0 && (text[0] == ' ' || text[length - 1] == ' ');
    }
}
