package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;

/** Partitions of numbered rows; where upstream prunes, what was released is gone. */
final class SimulatedUpstream {
    private static final int MOST_ROWS = 64;
    private static final ResumeState[] STATES = new ResumeState[MOST_ROWS + 1];

    private final SimulatedDisk disk;
    private final Partition[] partitions;
    private final int[] sizes;
    private final int[] released;
    private final boolean prunes;

    static {
        for (int position = 0; position <= MOST_ROWS; position++) {
            STATES[position] = new ResumeState(1, new byte[] {(byte) position});
        }
    }

    SimulatedUpstream(SimulatedDisk disk, Chaos chaos) {
        this.disk = disk;
        int count = 1 + chaos.below(4);
        this.partitions = new Partition[count];
        this.sizes = new int[count];
        this.released = new int[count];
        this.prunes = chaos.chance(500);
        for (int index = 0; index < count; index++) {
            partitions[index] = Partition.of("p" + index, true);
            sizes[index] = chaos.below(MOST_ROWS / 2);
        }
    }

    static ResumeState state(int position) {
        return STATES[position];
    }

    static int position(ResumeState state) {
        return state.bytes()[0];
    }

    boolean prunes() {
        return prunes;
    }

    int count() {
        return partitions.length;
    }

    Partition partition(int index) {
        return partitions[index];
    }

    int size(int index) {
        return sizes[index];
    }

    /** More rows arrive. */
    void grow(Chaos chaos) {
        int index = chaos.below(sizes.length);
        sizes[index] = Math.min(MOST_ROWS, sizes[index] + 1 + chaos.below(8));
    }

    /** The number that tells a row from all others. */
    static int row(int partition, int position) {
        return partition * MOST_ROWS + position;
    }

    int rowNumbers() {
        return partitions.length * MOST_ROWS;
    }

    void open(int index, int position) {
        if (prunes && position < released[index]) {
            throw new Violation("rows lost: partition p" + index + " is to be read from " + position
                    + ", but upstream was released up to " + released[index]);
        }
    }

    void release(int index, int position) {
        if (position > disk.position(partitions[index].id()) && prunes) {
            throw new Violation("upstream released too early: partition p" + index + " up to " + position
                    + " while only " + disk.position(partitions[index].id()) + " is durable");
        }
        released[index] = Math.max(released[index], position);
    }
}
