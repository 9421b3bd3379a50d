package dev.penstock.conformance.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a process says to the one that started it, a line each, among whatever else it prints. */
final class Markers {
    /** What lines begin with. */
    static final String SIGN = "@penstock ";
    /** The process runs, and is about to start the pipeline. */
    static final String STARTED = "started";
    /** A point was passed; the process is about to end. Its name, and how many rows the sink said are safe. */
    static final String HIT = "hit";
    /** A point was passed before the process could be ended. */
    static final String MISSED = "missed";
    /** A point was passed; the process waits for an answer. */
    static final String ASK = "ask";
    /** What is about to be committed. */
    static final String HANDLES = "handles";
    /** A commit has returned. */
    static final String RETURNED = "returned";
    /** A partition has come to its end: its id and its state. */
    static final String END = "end";
    /** The generation that the sink was opened with. */
    static final String GENERATION = "generation";
    /** The pipeline has ended by itself. */
    static final String DONE = "done";
    /** The pipeline has failed: the type of the exception and its message. */
    static final String FAILED = "failed";

    private final PrintStream out;
    private final BufferedReader in;

    Markers(PrintStream out, InputStream in) {
        this.out = out;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Says something, which is on its way when this returns. */
    synchronized void print(String kind, String text) {
        out.println(SIGN + kind + " " + text.replace('\n', ' '));
        out.flush();
    }

    /** Waits until the other process says something. */
    void awaitAnswer() {
        awaitLine();
    }

    /** Waits until the other process says a line; ends this one if it is gone. */
    String awaitLine() {
        try {
            String line = in.readLine();
            if (line == null) {
                Runtime.getRuntime().halt(Tripwire.EXIT);
                throw new IllegalStateException("Cannot go on: nobody is there to ask");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
