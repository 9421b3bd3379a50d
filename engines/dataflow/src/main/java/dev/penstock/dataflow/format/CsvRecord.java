package dev.penstock.dataflow.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a csv record into its fields; keeps its arrays from record to record. */
final class CsvRecord {
    private final byte delimiter;
    private final byte quote;
    private final StringUnescaper unquoted = new StringUnescaper();
    private byte[] text = new byte[0];
    private int fields;
    private int[] froms = new int[16];
    private int[] tos = new int[16];
    private boolean[] quoted = new boolean[16];
    private boolean[] copied = new boolean[16];

    CsvRecord(CsvOptions options) {
        this.delimiter = (byte) options.delimiter();
        this.quote = (byte) options.quote();
    }

    /** Cuts bytes {@code from} to {@code to - 1} into fields. */
    void split(byte[] bytes, int from, int to) {
        text = bytes;
        fields = 0;
        unquoted.begin(bytes, from, from);
        int at = from;
        while (true) {
            at = at < to && bytes[at] == quote ? quotedField(at + 1, to) : plainField(at, to);
            if (at >= to) {
                return;
            }
            at++;
        }
    }

    private int plainField(int from, int to) {
        int at = from;
        while (at < to && text[at] != delimiter) {
            at++;
        }
        add(from, at, false, false);
        return at;
    }

    /** A field in quotes, from behind the first; it stays in place unless it has quotes inside. */
    private int quotedField(int from, int to) {
        int start = from;
        int firstCopied = unquoted.size();
        boolean copy = false;
        int at = from;
        while (true) {
            at = nextQuote(at, to);
            if (at + 1 >= to || text[at + 1] != quote) {
                break;
            }
            unquoted.add(text, start, at + 1);
            copy = true;
            at += 2;
            start = at;
        }
        if (copy) {
            unquoted.add(text, start, at);
            add(firstCopied, unquoted.size(), true, true);
        } else {
            add(from, at, true, false);
        }
        if (at + 1 < to && text[at + 1] != delimiter) {
            throw new ValueException("malformed csv: text behind a quoted field");
        }
        return at + 1;
    }

    private int nextQuote(int from, int to) {
        int at = from;
        while (at < to && text[at] != quote) {
            at++;
        }
        if (at >= to) {
            throw new ValueException("malformed csv: a quoted field without an end");
        }
        return at;
    }

    private void add(int from, int to, boolean inQuotes, boolean inCopy) {
        if (fields == froms.length) {
            froms = Arrays.copyOf(froms, fields * 2);
            tos = Arrays.copyOf(tos, fields * 2);
            quoted = Arrays.copyOf(quoted, fields * 2);
            copied = Arrays.copyOf(copied, fields * 2);
        }
        froms[fields] = from;
        tos[fields] = to;
        quoted[fields] = inQuotes;
        copied[fields++] = inCopy;
    }

    int size() {
        return fields;
    }

    /** The array that holds {@code field}. */
    byte[] bytes(int field) {
        return copied[field] ? unquoted.bytes() : text;
    }

    int from(int field) {
        return froms[field];
    }

    int to(int field) {
        return tos[field];
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    /** The fields of a line of text: the names of a header. */
    static List<String> names(CsvOptions options, String line) {
        CsvRecord record = new CsvRecord(options);
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        boolean marked = line.startsWith("\uFEFF");
        record.split(bytes, marked ? 3 : 0, bytes.length);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < record.size(); i++) {
            names.add(
                    new String(record.bytes(i), record.from(i), record.to(i) - record.from(i), StandardCharsets.UTF_8));
        }
        return names;
    }
}
