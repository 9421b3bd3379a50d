package dev.penstock.dataflow.format;

import java.nio.charset.StandardCharsets;

/**
 * What csv leaves open.
 *
 * @param delimiter between fields, an ASCII character
 * @param quote around fields, an ASCII character; twice for itself
 * @param header whether a line names the columns; if not, they come in the order of the columns
 * @param nullText what an unquoted field holds that has no value
 */
public record CsvOptions(char delimiter, char quote, boolean header, String nullText) {
    /** As RFC 4180 has it, with a header. */
    public static final CsvOptions DEFAULT = new CsvOptions(',', '"', true, "");

    public CsvOptions {
        if (delimiter == quote || isNotPlain(delimiter) || isNotPlain(quote)) {
            throw new IllegalArgumentException("delimiter and quote must be two different ASCII characters");
        }
    }

    private static boolean isNotPlain(char character) {
        return character >= 0x80 || character == '\n' || character == '\r' || character == 0;
    }

    /** These options, with the columns in order. */
    public CsvOptions withoutHeader() {
        return new CsvOptions(delimiter, quote, false, nullText);
    }

    byte[] nullBytes() {
        return nullText.getBytes(StandardCharsets.UTF_8);
    }
}
