package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** How many rows of a key came in each period; there are seldom more than two. Mutable. */
final class PeriodCounts {
    static final StateCodec<PeriodCounts> CODEC = new Codec();

    private long[] periods = new long[1];
    private int[] counts = new int[1];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds one to the count of {@code period} and gives what it was. */
    int increment(long period) {
        for (int i = 0; i < size; i++) {
            if (periods[i] == period) {
                // A count that is full stays so.
                return counts[i] == Integer.MAX_VALUE ? counts[i] : counts[i]++;
            }
        }
        add(period, 1);
        return 0;
    }

    private void add(long period, int count) {
        if (size == periods.length) {
            periods = Arrays.copyOf(periods, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        periods[size] = period;
        counts[size++] = count;
    }

    void forget(long period) {
        for (int i = 0; i < size; i++) {
            if (periods[i] == period) {
                size--;
                periods[i] = periods[size];
                counts[i] = counts[size];
                return;
            }
        }
    }

    private static final class Codec implements StateCodec<PeriodCounts> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(PeriodCounts state, DataOutput out) throws IOException {
            out.writeInt(state.size);
            for (int i = 0; i < state.size; i++) {
                out.writeLong(state.periods[i]);
                out.writeInt(state.counts[i]);
            }
        }

        @Override
        public PeriodCounts read(DataInput in, int version) throws IOException {
            PeriodCounts counts = new PeriodCounts();
            for (int left = in.readInt(); left > 0; left--) {
                counts.add(in.readLong(), in.readInt());
            }
            return counts;
        }
    }
}
