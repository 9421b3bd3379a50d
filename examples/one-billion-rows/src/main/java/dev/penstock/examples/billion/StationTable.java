package dev.penstock.examples.billion;

import dev.penstock.spi.FatalException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The stations of one block, found by the bytes of their names, so that no line becomes an object. */
public final class StationTable {
    private static final int START_SLOTS = 2048;

    /** An odd number whose bits are spread. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Block block;
    private final byte[] bytes;
    private final int end;
    private Station[] slots = new Station[START_SLOTS];
    private int stations;

    private StationTable(Block block, Block.Lines lines) {
        this.block = block;
        this.bytes = lines.bytes();
        this.end = lines.length();
        bytes[end] = ';'; // here the search for one stops at the latest
    }

    /** A name in {@link #bytes}, of which the first sixteen bytes stand here, and what its lines say. */
    private static final class Station {
        private final long first;
        private final long second;
        private final int hash;
        private final int from;
        private final int to;
        private int min = Integer.MAX_VALUE;
        private int max = Integer.MIN_VALUE;
        private long sum;
        private int count;

        Station(long first, long second, int hash, int from, int to) {
            this.first = first;
            this.second = second;
            this.hash = hash;
            this.from = from;
            this.to = to;
        }

        void add(int tenths) {
            min = Math.min(min, tenths);
            max = Math.max(max, tenths);
            sum += tenths;
            count++;
        }
    }

    /** What the lines of {@code block} say, one summary a station. */
    public static List<Summary> summarise(Block block) {
        StationTable table = new StationTable(block, block.read());
        table.add();
        return table.summaries();
    }

    /**
     * Takes lines {@code name;temperature}, one of the first half and one of the second in turn: where a line begins is
     * known when the one before it was read, and while the processor waits for that it can read in the other half.
     */
    private void add() {
        int middle = end / 2;
        while (middle > 0 && bytes[middle - 1] != '\n') {
            middle--;
        }
        int first = 0;
        int second = middle;
        while (first < middle && second < end) {
            first = addLine(first);
            second = addLine(second);
        }
        while (first < middle) {
            first = addLine(first);
        }
        while (second < end) {
            second = addLine(second);
        }
    }

    /** Takes the line at {@code from}, eight bytes at a time, and gives where the next one begins. */
    private int addLine(int from) {
        long first = Words.at(bytes, from);
        long second = 0;
        long marks = Words.marks(first, ';');
        int behindName = from + Words.firstMark(marks);
        first &= Words.before(marks);
        if (marks == 0) {
            second = Words.at(bytes, behindName);
            marks = Words.marks(second, ';');
            second &= Words.before(marks);
            behindName += Words.firstMark(marks);
            while (marks == 0) {
                marks = Words.marks(Words.at(bytes, behindName), ';');
                behindName += Words.firstMark(marks);
            }
        }
        long temperature = Words.at(bytes, behindName + 1);
        find(first, second, from, behindName).add(Temperature.tenths(temperature));
        int next = behindName + 1 + Temperature.length(temperature) + 1;
        if (next > end || bytes[next - 1] != '\n') {
            throw malformed(from);
        }
        return next;
    }

    /** The line at {@code from} does not end where its temperature has to. */
    private FatalException malformed(int from) {
        int to = from;
        while (to < end && bytes[to] != '\n') {
            to++;
        }
        String line = new String(bytes, from, to - from, StandardCharsets.UTF_8).replace("\r", "\\r");
        return new FatalException("Cannot read the line '" + line + "' of '" + block.file() + "', which begins between "
                + "the bytes " + block.start() + " and " + block.end() + "; give lines like 'Oslo;-3.5'");
    }

    private Station find(long first, long second, int from, int to) {
        int mask = slots.length - 1;
        int hash = hash(first, second, from, to);
        int slot = slot(hash);
        for (Station found = slots[slot]; found != null; found = slots[slot]) {
            if (found.first == first && found.second == second && hasRest(found, from, to)) {
                return found;
            }
            slot = slot + 1 & mask;
        }
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                throw malformed(from);
            }
        }
        Station added = new Station(first, second, hash, from, to);
        slots[slot] = added;
        if (++stations > slots.length / 2) {
            grow();
        }
        return added;
    }

    /** Whether names that begin alike are alike. */
    private boolean hasRest(Station station, int from, int to) {
        int length = to - from;
        return station.to - station.from == length
                && (length <= 2 * Long.BYTES || Arrays.equals(bytes, station.from, station.to, bytes, from, to));
    }

    /** Of a name in two words these say all; what a longer one has behind them is mixed in, down to its last word. */
    private int hash(long first, long second, int from, int to) {
        long mixed = mix(first, second);
        if (to - from > 2 * Long.BYTES) {
            for (int at = from + 2 * Long.BYTES; at < to - Long.BYTES; at += Long.BYTES) {
                mixed = mix(mixed, Words.at(bytes, at));
            }
            mixed = mix(mixed, Words.at(bytes, to - Long.BYTES) + to - from);
        }
        return (int) (mixed >>> Integer.SIZE);
    }

    /** The highest bits of a product depend on all of both words. */
    private static long mix(long first, long second) {
        return (first ^ Long.rotateLeft(second * MIX, Integer.SIZE)) * MIX;
    }

    private int slot(int hash) {
        return hash >>> (Integer.numberOfLeadingZeros(slots.length) + 1);
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
