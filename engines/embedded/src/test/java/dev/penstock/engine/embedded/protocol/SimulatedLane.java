package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A lane with its queue of what was read and not emitted yet. */
final class SimulatedLane {
    /** Something read: rows from (inclusive) to (exclusive) of a partition, or its end. */
    private record Item(int partition, int from, int to, boolean end) {}

    private final SimulatedWorld world;
    private final Lane lane;
    private final List<SimulatedWriter> writers;
    private final Deque<Item> queue = new ArrayDeque<>();
    private final List<Integer> partitions = new ArrayList<>();
    private final int[] read;
    private int running;
    private boolean over;

    SimulatedLane(SimulatedWorld world, Lane lane, List<SimulatedWriter> writers) {
        this.world = world;
        this.lane = lane;
        this.writers = writers;
        this.read = new int[world.upstream.count()];
        lane.begin();
    }

    void open(int partition, int position) {
        world.upstream.open(partition, position);
        partitions.add(partition);
        read[partition] = position;
        running++;
    }

    boolean ended() {
        return running == 0;
    }

    boolean over() {
        return over;
    }

    /** Reads ahead. */
    void read() {
        if (partitions.isEmpty() || queue.size() > 3) {
            return;
        }
        int partition = partitions.get(world.chaos.below(partitions.size()));
        int from = read[partition];
        int to = Math.min(world.upstream.size(partition), from + 1 + world.chaos.below(3));
        boolean end = from == to;
        if (end) {
            partitions.remove(Integer.valueOf(partition));
        }
        read[partition] = to;
        queue.add(new Item(partition, from, to, end));
    }

    /** Emits what was read first; whether there was anything. */
    boolean emit() {
        Item item = queue.poll();
        if (item == null) {
            return false;
        }
        Partition partition = world.upstream.partition(item.partition());
        if (item.end()) {
            running--;
            lane.ended("in", partition, state(item));
            return true;
        }
        for (int position = item.from(); position < item.to(); position++) {
            int row = SimulatedUpstream.row(item.partition(), position);
            writers.forEach(writer -> writer.add(row));
        }
        lane.emitted("in", partition, state(item));
        return true;
    }

    private ResumeState state(Item item) {
        boolean tooFar = world.weakness == Weakness.POSITION_OF_LAST_READ;
        return SimulatedUpstream.state(tooFar ? read[item.partition()] : item.to());
    }

    long epoch() {
        return lane.epoch();
    }

    Contribution barrier(boolean last) {
        over = last;
        return lane.barrier(last);
    }
}
