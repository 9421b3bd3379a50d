package dev.penstock.conformance.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What a proxy saw: the proof that a fault hit something. <b>Threads:</b> any. */
public final class FaultLog {
    private final List<Hit> hits = new ArrayList<>();
    private final Map<Direction, Long> bytes = new EnumMap<>(Direction.class);
    private long connections;

    FaultLog() {}

    synchronized long connected() {
        connections++;
        notifyAll();
        return connections;
    }

    synchronized void hit(Hit hit) {
        hits.add(hit);
        notifyAll();
    }

    synchronized void delivered(Direction direction, int count) {
        bytes.merge(direction, (long) count, Long::sum);
        notifyAll();
    }

    /** For the evidence of a rule. */
    @Override
    public synchronized String toString() {
        return connections + " connections, bytes " + bytes + ", faults " + hits;
    }

    /** All faults that took effect, in order. */
    public synchronized List<Hit> hits() {
        return List.copyOf(hits);
    }

    /** How many connections were made. */
    public synchronized long connections() {
        return connections;
    }

    /** How many bytes were delivered one way. */
    public synchronized long bytes(Direction direction) {
        return bytes.getOrDefault(direction, 0L);
    }

    /** Waits until so many faults took effect; false if they have not within {@code limit}. */
    public boolean awaitHits(int count, Duration limit) throws InterruptedException {
        return await(() -> hits.size() >= count, limit);
    }

    /** Waits until so many connections were made; false if they were not within {@code limit}. */
    public boolean awaitConnections(long count, Duration limit) throws InterruptedException {
        return await(() -> connections >= count, limit);
    }

    private synchronized boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
