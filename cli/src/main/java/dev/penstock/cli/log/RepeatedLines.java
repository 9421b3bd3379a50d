package dev.penstock.cli.log;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds back lines that say the same again and again: clients of servers warn several times a second as long as nobody
 * answers. <b>Threads:</b> any.
 */
final class RepeatedLines {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int REMEMBERED = 64;

    private final LongSupplier nanos;
    private final Map<String, Seen> lines = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** What became of a line: when it was written, and how often it was not since. */
    private record Seen(long written, int heldBack) {}

    RepeatedLines(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What to write for {@code line}: with how often it was held back since it was written; empty to hold it back. */
    synchronized Optional<String> next(String line) {
        long now = nanos.getAsLong();
        Seen seen = lines.get(line);
        if (seen != null && now - seen.written() < PAUSE_NANOS) {
            lines.put(line, new Seen(seen.written(), seen.heldBack() + 1));
            return Optional.empty();
        }
        lines.put(line, new Seen(now, 0));
        return Optional.of(
                seen == null || seen.heldBack() == 0 ? line : line + " (" + seen.heldBack() + " times more since)");
    }
}
