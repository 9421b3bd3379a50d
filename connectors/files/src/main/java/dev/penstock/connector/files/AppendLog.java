package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.Prepared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers at which byte of the file each handle of the running commit goes, so that a repetition writes it there. */
final class AppendLog {
    private static final String FILE = "appends";

    private final Path staging;
    private final Path file;
    private Map<String, Long> places = Map.of();

    AppendLog(Path staging) {
        this.staging = staging;
        this.file = staging.resolve(FILE);
    }

    void read() throws IOException {
        Map<String, Long> found = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int space = line.lastIndexOf(' ');
                found.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
            }
        } catch (NoSuchFileException e) {
            // The first commit.
        }
        places = found;
    }

    /** Where {@code handle} was to go. */
    Optional<Long> place(Prepared handle) {
        return Optional.ofNullable(places.get(key(handle)));
    }

    void begin(Map<Prepared, Long> chosen) throws IOException {
        List<String> lines = new ArrayList<>();
        chosen.forEach((handle, place) -> lines.add(key(handle) + " " + place));
        Durable.replace(file, String.join("\n", lines).getBytes(UTF_8));
        Durable.directory(staging);
        read();
    }

    private static String key(Prepared handle) {
        return handle.epoch() + "/" + handle.writer();
    }
}
