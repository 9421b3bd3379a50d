package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.EpochId;
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

/**
 * Remembers at which bytes of the file each handle goes that is not known to be committed, so that a repetition writes
 * it there, whether it comes with the same handles or with others.
 */
final class AppendLog {
    private static final String FILE = "appends";

    private final Path staging;
    private final Path file;
    private final CommitLog commits;
    private Map<HandleName, Place> places = Map.of();

    AppendLog(Path staging, CommitLog commits) {
        this.staging = staging;
        this.file = staging.resolve(FILE);
        this.commits = commits;
    }

    /** Bytes {@code start} (inclusive) to {@code end} (exclusive) of the file. */
    record Place(long start, long end) {
        private boolean overlaps(Place other) {
            return start < other.end && other.start < end;
        }
    }

    private record HandleName(EpochId epoch, int writer) {
        static HandleName of(Prepared handle) {
            return new HandleName(handle.epoch(), handle.writer());
        }

        /** Of {@code run/epoch/writer}. */
        static HandleName parse(String text) {
            String[] parts = text.split("/", -1);
            return new HandleName(new EpochId(parts[0], Long.parseLong(parts[1])), Integer.parseInt(parts[2]));
        }

        @Override
        public String toString() {
            return epoch + "/" + writer;
        }
    }

    void read() throws IOException {
        Map<HandleName, Place> found = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ", -1);
                long start = Long.parseLong(words[1]);
                // Without an end in files of older releases.
                long end = words.length > 2 ? Long.parseLong(words[2]) : start;
                found.put(HandleName.parse(words[0]), new Place(start, end));
            }
        } catch (NoSuchFileException e) {
            // The first commit.
        }
        places = found;
    }

    /** Where {@code handle} was to go. */
    Optional<Place> place(Prepared handle) {
        return Optional.ofNullable(places.get(HandleName.of(handle)));
    }

    /** Whether a file of {@code size} bytes ends inside of what an append wrote that was cut short. */
    boolean isTorn(long size) {
        return places.values().stream().anyMatch(place -> place.start() < size && size < place.end());
    }

    /** Notes places; those of other handles stay as long as their epoch is not committed. */
    void begin(Map<Prepared, Place> chosen) throws IOException {
        Map<HandleName, Place> all = new LinkedHashMap<>();
        for (Map.Entry<HandleName, Place> noted : places.entrySet()) {
            boolean taken = chosen.values().stream().anyMatch(noted.getValue()::overlaps);
            if (!taken && !commits.covers(noted.getKey().epoch())) {
                all.put(noted.getKey(), noted.getValue());
            }
        }
        chosen.forEach((handle, place) -> all.put(HandleName.of(handle), place));
        List<String> lines = new ArrayList<>();
        all.forEach((handle, place) -> lines.add(handle + " " + place.start() + " " + place.end()));
        Durable.replace(file, String.join("\n", lines).getBytes(UTF_8));
        Durable.directory(staging);
        places = all;
    }
}
