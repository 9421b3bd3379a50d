package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The watermark of a source: the least over its partitions, so that one that is read faster than others makes nothing
 * late, without those that have been silent for long.
 *
 * <p>It advances by the times in the rows, never by the wall clock, so that a backlog after an outage gives what no
 * outage would have given. It never goes back. Not thread safe.
 */
public final class PartitionWatermarks {
    private final long outOfOrderMicros;
    private final Duration idleAfter;
    private final Map<String, Partition> partitions = new HashMap<>();
    private long watermark = KeyContext.NO_WATERMARK;

    /** What is known of a partition. */
    private static final class Partition {
        private long greatest = KeyContext.NO_WATERMARK;
        private long activeMillis;
    }

    /**
     * No partition yet.
     *
     * @param outOfOrder how much earlier than the latest row seen a later row of the same partition may be
     * @param idleAfter how long a partition may give nothing before the others go on without it
     */
    public PartitionWatermarks(Duration outOfOrder, Duration idleAfter) {
        this.outOfOrderMicros = outOfOrder.toNanos() / 1_000;
        this.idleAfter = idleAfter;
    }

    /** {@code partition} is read from now on; until its first row or until it is idle, the watermark waits for it. */
    public void add(String partition, long nowMillis) {
        partitions.computeIfAbsent(partition, id -> new Partition()).activeMillis = nowMillis;
    }

    /** {@code partition} has given rows, the latest with the event time {@code micros}. */
    public void observe(String partition, long micros, long nowMillis) {
        Partition known = partitions.computeIfAbsent(partition, id -> new Partition());
        known.greatest = Math.max(known.greatest, micros);
        known.activeMillis = nowMillis;
    }

    /** {@code partition} gives nothing more. */
    public void remove(String partition) {
        partitions.remove(partition);
    }

    /** Whether no partition has given anything for long: what {@link Packet.Idle} says. */
    public boolean isIdle(long nowMillis) {
        return partitions.values().stream().allMatch(partition -> isIdle(partition, nowMillis));
    }

    private boolean isIdle(Partition partition, long nowMillis) {
        return nowMillis - partition.activeMillis >= idleAfter.toMillis();
    }

    /** The watermark now, in microseconds since 1970, or {@link KeyContext#NO_WATERMARK}. */
    public long watermark(long nowMillis) {
        long least = Long.MAX_VALUE;
        long greatest = KeyContext.NO_WATERMARK;
        for (Partition partition : partitions.values()) {
            least = isIdle(partition, nowMillis) ? least : Math.min(least, partition.greatest);
            greatest = Math.max(greatest, partition.greatest);
        }
        long seen = least == Long.MAX_VALUE ? greatest : least;
        if (seen >= KeyContext.NO_WATERMARK + outOfOrderMicros) {
            watermark = Math.max(watermark, seen - outOfOrderMicros);
        }
        return watermark;
    }
}
