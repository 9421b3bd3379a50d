package dev.penstock.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Least, sum, greatest and number of the temperatures of each station, for the peers and the loop. */
final class BillionTable {
    private static final int SLOTS = 1 << 12;

    private final Entry[] entries = new Entry[SLOTS];

    /** A station, with the public fields and the empty constructor that Flink's serializer wants. */
    public static final class Entry {
        public String station = "";
        public int min;
        public int max;
        public long sum;
        public long count;

        private byte[] name = {};

        /** For Flink. */
        public Entry() {}

        private Entry(byte[] name) {
            this.name = name;
            this.station = new String(name, StandardCharsets.UTF_8);
            this.min = Integer.MAX_VALUE;
            this.max = Integer.MIN_VALUE;
        }

        Entry and(Entry other) {
            Entry both = new Entry();
            both.station = station;
            both.min = Math.min(min, other.min);
            both.max = Math.max(max, other.max);
            both.sum = sum + other.sum;
            both.count = count + other.count;
            return both;
        }
    }

    List<Entry> entries() {
        return Stream.of(entries).filter(Objects::nonNull).toList();
    }

    long rows() {
        return entries().stream().mapToLong(entry -> entry.count).sum();
    }

    /** Adds whole lines. */
    void add(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int start = at;
            int hash = 0;
            while (bytes[at] != ';') {
                hash = 31 * hash + bytes[at++];
            }
            int end = at++;
            boolean isNegative = bytes[at] == '-';
            at += isNegative ? 1 : 0;
            int tenths = 0;
            for (; bytes[at] != '\n'; at++) {
                tenths = bytes[at] == '.' ? tenths : 10 * tenths + bytes[at] - '0';
            }
            at++;
            add(find(bytes, start, end, hash), isNegative ? -tenths : tenths);
        }
    }

    private static void add(Entry entry, int tenths) {
        entry.min = Math.min(entry.min, tenths);
        entry.max = Math.max(entry.max, tenths);
        entry.sum += tenths;
        entry.count++;
    }

    private Entry find(byte[] bytes, int start, int end, int hash) {
        for (int slot = (hash ^ hash >>> 15) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
            Entry entry = entries[slot];
            if (entry == null) {
                entries[slot] = new Entry(Arrays.copyOfRange(bytes, start, end));
                return entries[slot];
            }
            if (Arrays.equals(entry.name, 0, entry.name.length, bytes, start, end)) {
                return entry;
            }
        }
    }
}
