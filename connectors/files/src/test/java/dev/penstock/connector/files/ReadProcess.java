package dev.penstock.connector.files;

import java.nio.file.Path;

/** Reads a directory and prints what it found; a process of its own, for another user. */
final class ReadProcess {
    private ReadProcess() {}

    public static void main(String[] arguments) {
        System.out.print(report(Path.of(arguments[0])));
    }

    static String report(Path directory) {
        Reading reading = Reading.of(directory, "path", ".");
        StringBuilder report = new StringBuilder();
        reading.records.forEach(record -> report.append("row ").append(record).append('\n'));
        reading.bad.forEach(bad -> report.append("bad ")
                .append(bad.partition())
                .append(": ")
                .append(bad.cause())
                .append('\n'));
        return report.toString();
    }
}
