package dev.penstock.connector.files.conformance;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The ways in which the sink can lay rows out in files. */
enum SinkLayout {
    /** A directory of part files. */
    PARTS("", Map.of()),
    /** A directory of part files that hold a few rows each. */
    SMALL_PARTS("", Map.of("roll-rows", 3)),
    /** A directory of packed part files. */
    PACKED_PARTS("", Map.of("extension", "txt.gz")),
    /** A directory of csv files, each with a header. */
    CSV_PARTS("", Map.of("framing", "csv")),
    /** A directory with a file for each record. */
    FILE_PER_RECORD("", Map.of("framing", "whole")),
    /** One file that grows. */
    ONE_FILE("rows.txt", Map.of()),
    /** One packed file that grows. */
    ONE_PACKED_FILE("rows.txt.gz", Map.of());

    private final String file;

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, Object> more;

    SinkLayout(String file, Map<String, Object> more) {
        this.file = file;
        this.more = more;
    }

    /** The settings that write below {@code directory}. */
    Map<String, Object> settings(Path directory) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("path", directory.resolve(file).toString());
        return settings;
    }

    boolean isPacked() {
        return this == PACKED_PARTS || this == ONE_PACKED_FILE;
    }

    boolean isCsv() {
        return this == CSV_PARTS;
    }

    boolean isFilePerRecord() {
        return this == FILE_PER_RECORD;
    }

    /** Whether a record with a line feed would become two. */
    boolean isLines() {
        return !isCsv() && !isFilePerRecord();
    }

    /** Whether a commit shows all rows of a handle at once: not where they are in several files, or are appended. */
    boolean isAtomic() {
        return this == PARTS || this == PACKED_PARTS || this == CSV_PARTS;
    }
}
