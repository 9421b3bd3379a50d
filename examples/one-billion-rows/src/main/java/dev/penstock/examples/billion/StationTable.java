package dev.penstock.examples.billion;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The stations of one block, found by the bytes of their names, so that no line becomes an object. */
final class StationTable {
    private static final int START_SLOTS = 1024;

    /** The golden ratio, of which only the bits behind the point count. */
    private static final int MIX = 0x9E3779B9;

    private final byte[] bytes;
    private Station[] slots = new Station[START_SLOTS];
    private int stations;

    private StationTable(byte[] bytes) {
        this.bytes = bytes;
    }

    private static final class Station {
        private final int from;
        private final int to;
        private final int hash;
        private int min = Integer.MAX_VALUE;
        private int max = Integer.MIN_VALUE;
        private long sum;
        private long count;

        Station(int from, int to, int hash) {
            this.from = from;
            this.to = to;
            this.hash = hash;
        }

        void add(int tenths) {
            min = Math.min(min, tenths);
            max = Math.max(max, tenths);
            sum += tenths;
            count++;
        }
    }

    /** What the lines of {@code block} say, one summary a station. */
    static List<Summary> summarise(Block block) {
        Block.Lines lines = block.read();
        StationTable table = new StationTable(lines.bytes());
        table.add(lines.length());
        return table.summaries();
    }

    /**
     * Takes lines {@code name;temperature} up to {@code end}: one loop over local variables, for the compiler's sake.
     */
    private void add(int end) {
        byte[] lines = bytes;
        int at = 0;
        while (at < end) {
            int from = at;
            int hash = 0;
            while (lines[at] != ';') {
                hash = 31 * hash + lines[at++];
            }
            Station station = find(from, at++, hash);
            boolean negative = lines[at] == '-';
            int tenths = 0;
            for (at += negative ? 1 : 0; lines[at] != '\n'; at++) {
                tenths = lines[at] == '.' ? tenths : 10 * tenths + lines[at] - '0';
            }
            at++;
            station.add(negative ? -tenths : tenths);
        }
    }

    private Station find(int from, int to, int hash) {
        int mask = slots.length - 1;
        int slot = slot(hash);
        for (Station found = slots[slot]; found != null; found = slots[slot]) {
            if (found.hash == hash && Arrays.equals(bytes, found.from, found.to, bytes, from, to)) {
                return found;
            }
            slot = slot + 1 & mask;
        }
        Station added = new Station(from, to, hash);
        slots[slot] = added;
        if (++stations > slots.length / 2) {
            grow();
        }
        return added;
    }

    /** Names that are alike have hashes that lie close together; the multiplication spreads them. */
    private int slot(int hash) {
        return (hash * MIX) >>> (Integer.numberOfLeadingZeros(slots.length) + 1);
    }

    private void grow() {
        Station[] old = slots;
        slots = new Station[2 * old.length];
        int mask = slots.length - 1;
        for (Station station : old) {
            if (station != null) {
                int slot = slot(station.hash);
                while (slots[slot] != null) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = station;
            }
        }
    }

    private List<Summary> summaries() {
        List<Summary> summaries = new ArrayList<>(stations);
        for (Station station : slots) {
            if (station != null) {
                String name = new String(bytes, station.from, station.to - station.from, StandardCharsets.UTF_8);
                summaries.add(new Summary(name, station.min, station.max, station.sum, station.count));
            }
        }
        return summaries;
    }
}
