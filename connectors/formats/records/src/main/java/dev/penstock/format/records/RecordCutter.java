package dev.penstock.format.records;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Validity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a stream of bytes into records, block by block.
 *
 * <p>A block is read into an array of its own, which becomes the data of the columns cut from it: a record is never
 * copied, only moved to the left over the line ends of those before it, so that the rows of a column lie side by side.
 * Bytes to the right of the last cut are as they were read. What has been handed out is never touched again.
 *
 * <p>A record longer than allowed is passed over, of which no more than its first bytes are kept.
 */
public final class RecordCutter {
    private static final int LEAST_BLOCK = 4 * 1024;

    private final RecordEnds ends;
    private final int maxRecord;
    private final int blockBytes;
    private byte[] block = new byte[0];
    /** The offset in the file of {@code block[0]}. */
    private long base;
    /** The first byte that is not cut yet. */
    private int from;
    /** The first byte that has been looked at for no end. */
    private int looked;
    /** Behind the last byte read. */
    private int to;

    private boolean lineFeed = true;
    private Optional<Oversize> oversize = Optional.empty();

    /** @param maxRecord the bytes of the longest record that is given */
    public RecordCutter(RecordEnds ends, int maxRecord, int blockBytes) {
        this.ends = ends;
        this.maxRecord = maxRecord;
        this.blockBytes = blockBytes;
    }

    /** A record that is being passed over. */
    private record Oversize(long start, byte[] first) {}

    /**
     * Records cut from one block.
     *
     * @param starts where each record starts in the file, from {@code base} on
     */
    public record Cut(BytesColumn records, long base, int[] starts, List<Fault> faults) {
        /** Whether there is nothing in it. */
        public boolean isEmpty() {
            return records.size() == 0 && faults.isEmpty();
        }
    }

    /** A record that cannot be given. */
    public record Fault(long start, byte[] first, String cause) {
        /** As an engine reports it. */
        public BadRow toBadRow(String partition) {
            return new BadRow(partition, "byte " + start, Bytes.copyOf(first), cause);
        }
    }

    /** Forgets everything and goes on at {@code offset}. */
    public void restart(long offset) {
        block = new byte[0];
        base = offset;
        from = 0;
        looked = 0;
        to = 0;
        oversize = Optional.empty();
        ends.restart();
    }

    /** Where the next record starts in the file. */
    public long offset() {
        return oversize.map(Oversize::start).orElse(base + from);
    }

    /** Bytes that were read and not cut. */
    public int rest() {
        return to - from;
    }

    /** Whether the last record that was cut ended with a line feed, rather than with the file. */
    public boolean endedByLineFeed() {
        return lineFeed;
    }

    /** Whether a record has begun that has no end yet. */
    public boolean inRecord() {
        return rest() > 0 || oversize.isPresent();
    }

    /** Passes over the mark that some editors put at the start of a file. */
    public void passByteOrderMark() {
        if (base + from == 0 && rest() >= 3 && startsWith((byte) 0xef, (byte) 0xbb, (byte) 0xbf)) {
            pass(3);
        }
    }

    /** Passes over a line end that came after its record; false if something else came. */
    public boolean passLineEnd() {
        if (startsWith((byte) '\n')) {
            pass(1);
            return true;
        }
        if (startsWith((byte) '\r', (byte) '\n')) {
            pass(2);
            return true;
        }
        return false;
    }

    private boolean startsWith(byte... bytes) {
        return rest() >= bytes.length && Arrays.equals(block, from, from + bytes.length, bytes, 0, bytes.length);
    }

    private void pass(int count) {
        from += count;
        looked = Math.max(looked, from);
    }

    /** A copy of at most {@code limit} of the bytes that were read and not cut. */
    public byte[] copyRest(int limit) {
        return Arrays.copyOfRange(block, from, from + Math.min(limit, rest()));
    }

    /** Reads more into the block; gives how many bytes, or -1 at the end of the file. */
    public int fill(ByteSource content, long expected) throws IOException {
        if (to == block.length || (from > 0 && rest() < block.length / 4)) {
            renew(expected);
        }
        int count = content.read(block, to, block.length - to);
        to += Math.max(0, count);
        return count;
    }

    private void renew(long expected) {
        int rest = rest();
        long wanted = Math.max(Math.min(blockBytes, Math.max(LEAST_BLOCK, expected + 1)), 2L * rest);
        byte[] fresh = new byte[(int) Math.min(wanted, (long) maxRecord + blockBytes + 2)];
        System.arraycopy(block, from, fresh, 0, rest);
        base += from;
        looked -= from;
        to = rest;
        from = 0;
        block = fresh;
    }

    /** Cuts what is there; {@code last} if no byte can follow, so that what is left is a record too. */
    public Cut cut(int maxRows, long maxBytes, boolean last) {
        List<Fault> bad = new ArrayList<>(0);
        if (oversize.isPresent() && !endOversize(bad, last)) {
            return cut(new Rows(maxRows), bad);
        }
        Rows rows = new Rows(maxRows);
        while (rows.count < maxRows) {
            int end = ends.find(block, looked, to);
            if (end < 0 && isOver(last) && ends.inQuotes() && passLine(bad)) {
                continue;
            }
            if (end < 0 && !(last && to > from)) {
                looked = to;
                beginOversize();
                break;
            }
            if (!take(rows, end < 0 ? to : end, end < 0 ? to : end + 1, maxBytes, bad)) {
                looked = from;
                ends.restart();
                break;
            }
        }
        return cut(rows, bad);
    }

    private boolean take(Rows rows, int end, int next, long maxBytes, List<Fault> bad) {
        int stop = end < next && end > from && block[end - 1] == '\r' ? end - 1 : end;
        int length = stop - from;
        if (length > maxRecord) {
            bad.add(new Fault(base + from, first(length), tooLong()));
        } else if (length > 0 || !ends.skipsEmpty()) {
            if (rows.count > 0 && rows.bytes() + length > maxBytes) {
                return false;
            }
            rows.add(length);
        }
        from = next;
        looked = next;
        lineFeed = next > end;
        ends.restart();
        return true;
    }

    /** Whether a record that has no end by now will have none. */
    private boolean isOver(boolean last) {
        return last || rest() > maxRecord;
    }

    /** Gives up the line whose quote is never closed, so that it does not take all that follows with it. */
    private boolean passLine(List<Fault> bad) {
        int end = LineEnds.indexOf(block, from, to, (byte) '\n');
        if (end >= 0) {
            String cause = "A quote in this line is never closed; correct it, or double it if it is part of the text";
            bad.add(new Fault(base + from, first(end - from), cause));
            drop(end + 1);
            ends.restart();
        }
        return end >= 0;
    }

    private byte[] first(int length) {
        return Arrays.copyOfRange(block, from, from + Math.min(length, BadRow.MAX_BYTES));
    }

    private String tooLong() {
        return "The record is longer than " + maxRecord + " bytes; raise 'max-record-bytes' to read it";
    }

    private void beginOversize() {
        if (rest() > maxRecord) {
            oversize = Optional.of(new Oversize(base + from, first(rest())));
            drop(to);
        }
    }

    /** Whether the end of the record that is passed over was found. */
    private boolean endOversize(List<Fault> bad, boolean last) {
        // Inside a csv record that never ends, quotes mean nothing: the next line is where reading goes on.
        int end = LineEnds.indexOf(block, from, to, (byte) '\n');
        if (end < 0 && !last) {
            drop(to);
            return false;
        }
        drop(end < 0 ? to : end + 1);
        lineFeed = end >= 0;
        oversize.ifPresent(record -> bad.add(new Fault(record.start(), record.first(), tooLong())));
        oversize = Optional.empty();
        ends.restart();
        return true;
    }

    private void drop(int until) {
        from = until;
        looked = until;
    }

    private Cut cut(Rows rows, List<Fault> bad) {
        int[] offsets = Arrays.copyOf(rows.offsets, rows.count + 1);
        BytesColumn column = new BytesColumn(Payload.FIELD.type(), offsets, block, Validity.ALL);
        return new Cut(column, base, Arrays.copyOf(rows.starts, rows.count), bad);
    }

    /** The rows of the batch that is being cut. */
    private final class Rows {
        private static final int FIRST_ROWS = 1024;

        private int[] offsets;
        private int[] starts;
        private int count;

        Rows(int maxRows) {
            offsets = new int[Math.min(maxRows, FIRST_ROWS) + 1];
            starts = new int[offsets.length];
            offsets[0] = from;
        }

        int bytes() {
            return offsets[count] - offsets[0];
        }

        /** The next {@code length} bytes are a record. */
        void add(int length) {
            if (count + 1 == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length);
                starts = Arrays.copyOf(starts, offsets.length);
            }
            int at = offsets[count];
            if (at != from) {
                System.arraycopy(block, from, block, at, length);
            }
            starts[count] = from;
            offsets[++count] = at + length;
        }
    }
}
