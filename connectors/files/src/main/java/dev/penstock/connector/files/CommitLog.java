package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.EpochId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers up to which epoch of each run commits were begun, when all their files were seen to be there: it tells a
 * part that was committed and then moved away by its reader from one that was lost before the commit.
 */
final class CommitLog {
    private static final String FILE = "commits";
    private static final int MOST_RUNS = 1000;

    private final Path file;

    CommitLog(Path staging) {
        this.file = staging.resolve(FILE);
    }

    boolean covers(EpochId epoch) throws IOException {
        return read().getOrDefault(epoch.runId(), Long.MIN_VALUE) >= epoch.epoch();
    }

    void begin(List<EpochId> epochs) throws IOException {
        Map<String, Long> runs = read();
        for (EpochId epoch : epochs) {
            long known = runs.getOrDefault(epoch.runId(), Long.MIN_VALUE);
            runs.remove(epoch.runId());
            runs.put(epoch.runId(), Math.max(known, epoch.epoch()));
        }
        List<String> lines = new ArrayList<>();
        runs.forEach((run, epoch) -> lines.add(run + " " + epoch));
        List<String> kept = lines.subList(Math.max(0, lines.size() - MOST_RUNS), lines.size());
        Durable.replace(file, String.join("\n", kept).getBytes(UTF_8));
    }

    private Map<String, Long> read() throws IOException {
        Map<String, Long> runs = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int space = line.lastIndexOf(' ');
                if (space > 0) {
                    runs.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
                }
            }
        } catch (NoSuchFileException e) {
            return runs;
        }
        return runs;
    }
}
