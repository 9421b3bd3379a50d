package dev.penstock.connector.s3;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.FatalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may write to a sink, and what is committed of it.
 *
 * @param generation the newest incarnation that claimed the sink
 * @param committed the last epoch of each run whose objects were all made visible
 */
record Owner(long generation, Map<String, Long> committed) {
    static final Owner NOBODY = new Owner(Long.MIN_VALUE, Map.of());

    private static final String FIRST_LINE = "penstock owner 1";
    private static final int MOST_RUNS = 1000;

    boolean covers(EpochId epoch) {
        return committed.getOrDefault(epoch.runId(), Long.MIN_VALUE) >= epoch.epoch();
    }

    Owner claimedBy(long newGeneration) {
        return new Owner(newGeneration, committed);
    }

    /** With {@code epochs} too; of runs that ended long ago nothing is kept. */
    Owner with(List<EpochId> epochs) {
        Map<String, Long> runs = new LinkedHashMap<>(committed);
        for (EpochId epoch : epochs) {
            long known = runs.getOrDefault(epoch.runId(), Long.MIN_VALUE);
            runs.remove(epoch.runId());
            runs.put(epoch.runId(), Math.max(known, epoch.epoch()));
        }
        while (runs.size() > MOST_RUNS) {
            runs.remove(runs.keySet().iterator().next());
        }
        return new Owner(generation, runs);
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(FIRST_LINE, "generation " + generation));
        committed.forEach((run, epoch) -> lines.add("run " + epoch + " " + run));
        return String.join("\n", lines) + "\n";
    }

    static Owner parse(String text, String place) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2 || !lines.get(0).equals(FIRST_LINE)) {
            throw unreadable(place, new IllegalArgumentException("it does not begin with '" + FIRST_LINE + "'"));
        }
        try {
            Map<String, Long> runs = new LinkedHashMap<>();
            for (String line : lines.subList(2, lines.size())) {
                String[] words = line.split(" ", 3);
                runs.put(words[2], Long.parseLong(words[1]));
            }
            return new Owner(Long.parseLong(lines.get(1).split(" ", 2)[1]), runs);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw unreadable(place, e);
        }
    }

    private static FatalException unreadable(String place, RuntimeException cause) {
        return new FatalException(
                "Cannot read '" + place + "': " + cause.getMessage()
                        + "; restore it, or delete it while no pipeline runs",
                cause);
    }
}
