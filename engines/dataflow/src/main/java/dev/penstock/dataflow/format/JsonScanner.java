package dev.penstock.dataflow.format;

import static dev.penstock.dataflow.format.Utf8.LONGS;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Walks over the JSON text of one record and gives its tokens as ranges of bytes, so that values go from the record
 * into columns without an object in between.
 *
 * <p>Strict: RFC 8259 and valid UTF-8, nothing else. All errors are {@link ValueException}. Not thread safe.
 */
final class JsonScanner {
    /** Deeper texts are an attack on the stack, not data. */
    static final int DEEPEST = 500;

    private byte[] text = new byte[0];
    private int start;
    private int at;
    private int limit;
    private final NumberScanner skipped = new NumberScanner();
    private final StringUnescaper unescaper = new StringUnescaper();

    private byte[] stringBytes = text;
    private int stringFrom;
    private int stringTo;

    /** Begins a record: bytes {@code from} to {@code to - 1}, a byte order mark before it aside. */
    void start(byte[] bytes, int from, int to) {
        text = bytes;
        start = from;
        at = Utf8.afterMark(bytes, from, to);
        limit = to;
    }

    /** The first byte of the next token, which stays; 0 at the end. */
    int peek() {
        while (at < limit) {
            byte next = text[at];
            if (next != ' ' && next != '\t' && next != '\n' && next != '\r') {
                return next;
            }
            at++;
        }
        return 0;
    }

    /** Takes {@code token} if it is next. */
    boolean accept(int token) {
        if (peek() == token && at < limit) {
            at++;
            return true;
        }
        return false;
    }

    /** Takes {@code token}, which must be next. */
    void expect(int token) {
        if (!accept(token)) {
            throw malformed("'" + (char) token + "'");
        }
    }

    /** Nothing but white space may follow. */
    void requireEnd() {
        if (peek() != 0 || at < limit) {
            throw malformed("the end");
        }
    }

    /** Takes {@code null} if it is next. */
    boolean acceptNull() {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    /** Takes {@code true} or {@code false}. */
    boolean readBoolean() {
        boolean value = peek() == 't';
        literal(value ? "true" : "false");
        return value;
    }

    private void literal(String word) {
        if (!TextReaders.equals(word, text, at, Math.min(limit, at + word.length()))) {
            throw malformed("a value");
        }
        at += word.length();
    }

    /** Hands the number that is next to {@code reader}. */
    void readNumber(NumberReader reader) {
        at = reader.appendJson(text, at, limit);
    }

    /** Takes the whole number that is next. */
    long readWholeNumber() {
        at = skipped.scan(text, at, limit);
        return skipped.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Takes the whole number that is next, which must fit an int. */
    int readInt() {
        at = skipped.scan(text, at, limit);
        return (int) skipped.wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Takes the string that is next and leaves it, unescaped, in {@link #stringBytes()}. */
    void readString() {
        expect('"');
        int from = at;
        int end = plainEnd(from);
        if (end < limit && text[end] == '"') {
            stringBytes = text;
            stringFrom = from;
            stringTo = end;
            at = end + 1;
            return;
        }
        readEscaped(from, end);
    }

    private void readEscaped(int from, int first) {
        unescaper.begin(text, from, first);
        int escape = first;
        while (true) {
            if (escape >= limit || text[escape] != '\\') {
                throw malformed(escape, escape >= limit ? "the end of a string" : "no control character in a string");
            }
            int next = unescaper.escape(text, escape, limit);
            if (next < 0) {
                throw malformed(escape, "a valid escape");
            }
            int end = plainEnd(next);
            unescaper.add(text, next, end);
            if (end < limit && text[end] == '"') {
                at = end + 1;
                stringBytes = unescaper.bytes();
                stringFrom = 0;
                stringTo = unescaper.size();
                return;
            }
            escape = end;
        }
    }

    /** Where the characters that stand for themselves end: at a quote, a backslash, a control character or the end. */
    private int plainEnd(int from) {
        int i = from;
        while (true) {
            while (i + Long.BYTES <= limit) {
                long special = StringUnescaper.special((long) LONGS.get(text, i));
                if (special != 0) {
                    i += Long.numberOfTrailingZeros(special) >>> 3;
                    break;
                }
                i += Long.BYTES;
            }
            while (i < limit && text[i] >= ' ' && text[i] != '"' && text[i] != '\\') {
                i++;
            }
            if (i >= limit || text[i] >= 0) {
                return i;
            }
            i = afterUnicode(i);
        }
    }

    private int afterUnicode(int from) {
        int i = from;
        while (i < limit && text[i] < 0) {
            int length = Utf8.sequenceLength(text, i, limit);
            if (length == 0) {
                throw malformed(i, "UTF-8");
            }
            i += length;
        }
        return i;
    }

    /** The bytes that hold the last string, from {@link #stringFrom} to {@link #stringTo}. */
    byte[] stringBytes() {
        return stringBytes;
    }

    /** The last string. */
    String lastString() {
        return new String(stringBytes, stringFrom, stringTo - stringFrom, UTF_8);
    }

    int stringFrom() {
        return stringFrom;
    }

    int stringTo() {
        return stringTo;
    }

    /** Takes {@code tokens} if exactly these bytes are next: how a predicted field is recognised. */
    boolean acceptExactly(byte[] tokens) {
        boolean same = peek() == tokens[0]
                && tokens.length <= limit - at
                && Arrays.equals(text, at, at + tokens.length, tokens, 0, tokens.length);
        at += same ? tokens.length : 0;
        return same;
    }

    /** Takes the value that is next, whatever it is, and checks that it is well formed. */
    void skipValue() {
        skipValue(0);
    }

    private void skipValue(int depth) {
        if (depth > DEEPEST) {
            throw malformed("no more than " + DEEPEST + " levels");
        }
        switch (peek()) {
            case '"' -> readString();
            case '{' -> skipObject(depth);
            case '[' -> skipArray(depth);
            case 't', 'f' -> readBoolean();
            case 'n' -> acceptNull();
            default -> skipNumber();
        }
    }

    private void skipNumber() {
        if (at >= limit || (text[at] != '-' && (text[at] < '0' || text[at] > '9'))) {
            throw malformed("a value");
        }
        at = skipped.scan(text, at, limit);
    }

    private void skipObject(int depth) {
        expect('{');
        if (accept('}')) {
            return;
        }
        do {
            readString();
            expect(':');
            skipValue(depth + 1);
        } while (accept(','));
        expect('}');
    }

    private void skipArray(int depth) {
        expect('[');
        if (accept(']')) {
            return;
        }
        do {
            skipValue(depth + 1);
        } while (accept(','));
        expect(']');
    }

    /** Where the next token starts, after {@link #peek}. */
    int position() {
        return at;
    }

    /** Goes on at {@code position}, which {@link #position} gave for this record. */
    void moveTo(int position) {
        at = position;
    }

    /** The bytes being read. */
    byte[] text() {
        return text;
    }

    /** An error that says which kind of value was found where another was expected. */
    ValueException unexpected(String expected) {
        String found = switch (peek()) {
            case '"' -> "a string";
            case '{' -> "an object";
            case '[' -> "an array";
            case 't', 'f' -> readBoolean() ? "true" : "false";
            case 'n' -> acceptNull() ? "null" : "";
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
            default -> "";
        };
        return found.isEmpty() ? malformed("a value") : new ValueException("expected " + expected + ", found " + found);
    }

    private ValueException malformed(String expected) {
        return malformed(at, expected);
    }

    private ValueException malformed(int position, String expected) {
        return new ValueException(
                "malformed JSON at byte " + (Math.min(position, limit) - start) + ": expected " + expected);
    }
}
