package dev.penstock.cli.log;

import java.io.PrintStream;

/**
 * Standard error as several threads use it: whole lines, and on a terminal one status line that is always the last.
 *
 * <p>The process has one standard error, so there is one of these.
 */
public final class StandardError {
    private static final StandardError SHARED = new StandardError(System.err);
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream stream;
    private String status = "";

    StandardError(PrintStream stream) {
        this.stream = stream;
    }

    /** The one of this process. */
    public static StandardError shared() {
        return SHARED;
    }

    /** Writes a line, above the status line if there is one. */
    public synchronized void line(String text) {
        stream.print(status.isEmpty() ? text + System.lineSeparator() : CLEAR_LINE + text + "\n" + status);
        stream.flush();
    }

    /** Shows a status line in place of the last one; the empty string removes it. Only for a terminal. */
    public synchronized void status(String text) {
        if (!text.equals(status)) {
            stream.print(CLEAR_LINE + text);
            stream.flush();
            status = text;
        }
    }
}
