package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The watermarks of what is read on one worker: one for each partition, and the least over those that are neither
 * silent for long nor at their end, so that one that is read faster than others makes nothing late.
 *
 * <p>They advance by the times in the rows, never by the wall clock, so that a backlog after an outage gives what no
 * outage would have given. None goes back. Not thread safe.
 */
public final class PartitionWatermarks {
    private static final long NEVER = Long.MAX_VALUE;

    private final long outOfOrderMicros;
    private final long idleAfterMillis;
    private final Map<RowOrigin, Tracked> partitions = new HashMap<>();
    private final Set<Tracked> live = new LinkedHashSet<>();
    private final Set<Tracked> moved = new LinkedHashSet<>();
    private long greatest = KeyContext.NO_WATERMARK;
    private long leastSeen = KeyContext.NO_WATERMARK;
    private long watermark = KeyContext.NO_WATERMARK;
    private long nextLook = NEVER;
    private boolean stale;

    /** What is known of a partition. */
    private static final class Tracked {
        private final RowOrigin origin;
        private LongSupplier silentUntil = () -> NEVER;
        private long greatest = KeyContext.NO_WATERMARK;
        private long silentSince = NEVER;
        private boolean passedBy;
        private boolean idle;

        Tracked(RowOrigin origin) {
            this.origin = origin;
        }
    }

    /**
     * No partition yet.
     *
     * @param outOfOrder how much earlier than the latest row seen a later row of the same partition may be
     * @param idleAfter how long a partition may give nothing before the others go on without it
     */
    public PartitionWatermarks(Duration outOfOrder, Duration idleAfter) {
        this.outOfOrderMicros = saturated(outOfOrder, 1_000_000, 1_000);
        this.idleAfterMillis = saturated(idleAfter, 1_000, 1_000_000);
    }

    private static long saturated(Duration duration, long perSecond, long nanosPerUnit) {
        return duration.getSeconds() >= Long.MAX_VALUE / perSecond - 1
                ? Long.MAX_VALUE
                : duration.getSeconds() * perSecond + duration.getNano() / nanosPerUnit;
    }

    /**
     * {@code partition} is read from now on; until its first row or until it is idle, the watermark waits for it.
     *
     * @param latest the latest time ever seen in it, or {@link KeyContext#NO_WATERMARK}
     * @param silentUntil up to when it is known to have given nothing since it fell silent, in milliseconds
     */
    public void begin(RowOrigin partition, long latest, LongSupplier silentUntil) {
        Tracked tracked = partitions.computeIfAbsent(partition, Tracked::new);
        tracked.greatest = Math.max(tracked.greatest, latest);
        tracked.silentUntil = silentUntil;
        tracked.silentSince = NEVER;
        tracked.idle = false;
        greatest = Math.max(greatest, tracked.greatest);
        live.add(tracked);
        stale = true;
    }

    /**
     * {@code partition}, which has begun, has given rows with {@code times}.
     *
     * @return for each row that is late in its own partition the watermark there when it was read, and
     *     {@link KeyContext#NO_WATERMARK} for the others; nothing if none is
     */
    public Optional<long[]> observe(RowOrigin partition, long[] times) {
        Tracked tracked = tracked(partition);
        tracked.silentSince = NEVER;
        tracked.passedBy = false;
        stale |= tracked.idle || tracked.greatest <= leastSeen;
        tracked.idle = false;
        long latest = tracked.greatest;
        long lateBefore = watermarkAt(latest);
        long @Nullable [] marks = null;
        for (int row = 0; row < times.length; row++) {
            if (times[row] < lateBefore) {
                marks = marks == null ? noMarks(times.length) : marks;
                marks[row] = lateBefore;
            } else if (times[row] > latest) {
                latest = times[row];
                lateBefore = watermarkAt(latest);
            }
        }
        if (latest > tracked.greatest) {
            tracked.greatest = latest;
            greatest = Math.max(greatest, latest);
            moved.add(tracked);
        }
        return Optional.ofNullable(marks);
    }

    private static long[] noMarks(int rows) {
        long[] marks = new long[rows];
        Arrays.fill(marks, KeyContext.NO_WATERMARK);
        return marks;
    }

    private Tracked tracked(RowOrigin partition) {
        Tracked tracked = partitions.get(partition);
        if (tracked == null) {
            throw new IllegalStateException("Cannot take rows of " + partition + " before it has begun");
        }
        return tracked;
    }

    private long watermarkAt(long latest) {
        return outOfOrderMicros == NEVER || latest < KeyContext.NO_WATERMARK + outOfOrderMicros
                ? KeyContext.NO_WATERMARK
                : latest - outOfOrderMicros;
    }

    /** {@code partition} has given nothing since {@code sinceMillis}, and all it gave before has been observed. */
    public void silent(RowOrigin partition, long sinceMillis) {
        Tracked tracked = tracked(partition);
        tracked.silentSince = Math.min(tracked.silentSince, sinceMillis);
        nextLook = Math.min(nextLook, idleFrom(tracked));
    }

    /**
     * What {@code partition} gives is for others: since {@code nowMillis}, unless it was so before, none of its rows
     * has come here, though it is read.
     */
    public void passedBy(RowOrigin partition, long nowMillis) {
        Tracked tracked = tracked(partition);
        tracked.passedBy = true;
        if (tracked.silentSince == NEVER) {
            silent(partition, nowMillis);
        }
    }

    private long idleFrom(Tracked tracked) {
        return tracked.silentSince >= NEVER - idleAfterMillis ? NEVER : tracked.silentSince + idleAfterMillis;
    }

    /** {@code partition} gives nothing more, or not for a while; what was seen in it is kept in mind. */
    public void end(RowOrigin partition) {
        live.remove(tracked(partition));
        stale = true;
    }

    /** Finds those that have been silent for long. */
    public void look(long nowMillis) {
        if (nowMillis < nextLook) {
            return;
        }
        nextLook = NEVER;
        for (Tracked tracked : live) {
            long from = idleFrom(tracked);
            if (tracked.idle || from == NEVER) {
                continue;
            }
            if (from <= nowMillis && (tracked.passedBy || tracked.silentUntil.getAsLong() >= from)) {
                tracked.idle = true;
                stale = true;
            } else {
                nextLook = Math.min(nextLook, from);
            }
        }
    }

    /** When to {@link #look} again, in milliseconds, or {@link Long#MAX_VALUE}. */
    public long nextLook() {
        return nextLook;
    }

    /** Whether no partition has anything to wait for. */
    public boolean isIdle() {
        return live.stream().allMatch(tracked -> tracked.idle);
    }

    /** The watermark now, in microseconds since 1970, or {@link KeyContext#NO_WATERMARK}. */
    public long watermark() {
        if (stale) {
            stale = false;
            leastSeen = leastOfActive();
            watermark = Math.max(watermark, watermarkAt(leastSeen == NEVER ? greatest : leastSeen));
        }
        return watermark;
    }

    /** Stops at the first that has given nothing: there may be many that wait for their turn. */
    private long leastOfActive() {
        long least = NEVER;
        for (Tracked tracked : live) {
            if (!tracked.idle) {
                least = Math.min(least, tracked.greatest);
                if (least == KeyContext.NO_WATERMARK) {
                    return least;
                }
            }
        }
        return least;
    }

    /** A partition and the latest time seen in it. */
    public record Latest(RowOrigin partition, long micros) {}

    /** Those whose latest time has changed since the last call. */
    public List<Latest> takeMoved() {
        List<Latest> taken = new ArrayList<>(moved.size());
        moved.forEach(tracked -> taken.add(new Latest(tracked.origin, tracked.greatest)));
        moved.clear();
        return taken;
    }
}
