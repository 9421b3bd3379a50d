package dev.penstock.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The entries of one partition; guarded by its {@link Log}. */
final class LogPartition {
    private final List<LogEntry> entries = new ArrayList<>();
    private long groups;
    private int first;
    private boolean removed;

    /** Appends entries that share a position. */
    void append(List<String> keys, List<byte[]> contents) {
        for (int index = 0; index < contents.size(); index++) {
            LogPosition position = new LogPosition(groups, index);
            entries.add(new LogEntry(position, System.currentTimeMillis(), keys.get(index), contents.get(index)));
        }
        groups++;
    }

    /** Makes the first {@code count} entries unreadable. */
    void expire(int count) {
        first = Math.max(first, count);
    }

    void remove() {
        removed = true;
    }

    boolean isRemoved() {
        return removed;
    }

    LogPosition earliest() {
        return first < entries.size() ? entries.get(first).position() : end();
    }

    LogPosition end() {
        return new LogPosition(groups, 0);
    }

    /** The position of the first entry appended at {@code millis} or later. */
    LogPosition since(long millis) {
        return entries.stream()
                .skip(first)
                .filter(entry -> entry.millis() >= millis)
                .findFirst()
                .map(LogEntry::position)
                .orElse(end());
    }

    /** How many entries stand before {@code position}. */
    int before(LogPosition position) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).position().compareTo(position) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Entries from {@code from} on.
     *
     * @throws Refusal if some of them cannot be read any more, or the partition is gone
     */
    List<LogEntry> read(LogPosition from, int maxEntries, long maxBytes) {
        int index = before(from);
        if (index < first) {
            throw new Refusal(Refusal.Kind.EXPIRED, "the log now starts at " + earliest());
        }
        if (removed) {
            throw index == entries.size()
                    ? new Refusal(Refusal.Kind.NOT_FOUND, "the partition was removed")
                    : new Refusal(Refusal.Kind.EXPIRED, "the partition was removed with unread rows in it");
        }
        return within(entries.subList(index, entries.size()), maxEntries, maxBytes);
    }

    /** The first of {@code all}, as many as asked for; one at least, if there is any. */
    private static List<LogEntry> within(Iterable<LogEntry> all, int maxEntries, long maxBytes) {
        List<LogEntry> found = new ArrayList<>();
        long bytes = 0;
        for (LogEntry entry : all) {
            bytes += entry.size();
            if (found.size() == maxEntries || (bytes > maxBytes && !found.isEmpty())) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    /** The last entry of each key before {@code until}, for the keys greater than {@code after}, in their order. */
    List<LogEntry> table(LogPosition until, String after, int maxEntries, long maxBytes) {
        TreeMap<String, LogEntry> rows = new TreeMap<>();
        for (LogEntry entry : entries.subList(0, before(until))) {
            if (entry.isDelete()) {
                rows.remove(entry.key());
            } else if (!entry.key().isEmpty()) {
                rows.put(entry.key(), entry);
            }
        }
        return within(rows.tailMap(after, false).values(), maxEntries, maxBytes);
    }

    /** How many entries there are, readable or not. */
    int size() {
        return entries.size();
    }
}
