package dev.penstock.engine.embedded.store;

import dev.penstock.dataflow.operator.TimeDomain;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads live keys of one step while the pipeline runs: those as of the last sealed epoch, or of one before it if that
 * was sealed a moment ago.
 *
 * <p><b>Threads:</b> one at a time, beside the one that seals. <b>Failures:</b> {@link StateUnavailableException}.
 */
public interface KeyReader extends AutoCloseable {
    /** The value of a key, or null if there is none. */
    byte @Nullable [] value(byte[] key);

    /** Calls of {@link #value} follow until {@link #end}, and may all see the same epoch. */
    void begin();

    /** Ends what {@link #begin} began; does nothing without it. */
    void end();

    /**
     * Hands over keys whose first timer of a clock is due at {@code from} or later, soonest first. Stops before a time
     * at which the timers of more than {@code most} keys are due.
     *
     * @return that time, or {@link Long#MAX_VALUE}
     */
    long due(TimeDomain domain, long from, int most, DueVisitor visitor);

    /**
     * At most {@code count} keys behind {@code after}, in the order of their bytes, whose first timer of a clock is due
     * at {@code time}.
     */
    List<Entry> dueAt(TimeDomain domain, long time, byte[] after, int count);

    /** At most {@code count} keys behind {@code after}, in the order of their bytes. */
    List<Entry> page(byte[] after, int count);

    /** Hands over all keys, without values. */
    void keys(Consumer<byte[]> visitor);

    /** Frees what it holds. */
    @Override
    void close();

    /** A key and its value. */
    record Entry(byte[] key, byte[] value) {}

    /** Takes keys with timers. */
    interface DueVisitor {
        /** Takes one whose first timer is due at {@code due}; gives whether there may be more. */
        boolean visit(byte[] key, byte[] value, long due);
    }
}
