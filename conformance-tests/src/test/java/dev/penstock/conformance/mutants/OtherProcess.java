package dev.penstock.conformance.mutants;

import dev.penstock.conformance.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What mutants need to be wrong only where a process dies: what a test in one process could find is other rules'. */
final class OtherProcess {
    private OtherProcess() {}

    /** Whether this process is one that the kit started to kill it. */
    static boolean isThis() {
        return System.getProperty("sun.java.command", "").startsWith(Child.class.getName());
    }

    /** The lines of a file that some process wrote; none if there is no such file. */
    static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void add(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
