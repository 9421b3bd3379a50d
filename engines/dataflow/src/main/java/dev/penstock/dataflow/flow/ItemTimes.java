package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Clocks of items, as the engine wants them. */
final class ItemTimes {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private ItemTimes() {}

    /** An event clock with other settings. */
    private record Waiting<V>(EventClock<V> clock, Duration waitFor, Duration idleAfter) implements EventClock<V> {
        @Override
        public long micros(V item) {
            return clock.micros(item);
        }
    }

    static <V> EventClock<V> clock(EventClock<V> clock, Duration outOfOrder, Duration silence) {
        EventClock<V> times = clock instanceof Waiting<V> waiting ? waiting.clock : clock;
        return new Waiting<>(
                times, requireNotNegative(outOfOrder, "wait for"), requireNotNegative(silence, "go on after"));
    }

    private static Duration requireNotNegative(Duration length, String what) {
        if (requireNonNull(length, "length").isNegative()) {
            throw new IllegalArgumentException(
                    "Cannot " + what + " '" + length + "': it is negative; give zero or more");
        }
        return length;
    }

    static long micros(Instant time) {
        return Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND) + time.getNano() / NANOS_PER_MICRO;
    }

    /** What the engine makes watermarks of; nothing if rows carry their times, or the machine's clock counts. */
    static <V> Optional<EventTime> eventTime(Clock<V> clock) {
        return clock instanceof EventClock<V> times
                ? Optional.of(new EventTime(batch -> times(times, batch), times.waitFor(), times.idleAfter()))
                : Optional.empty();
    }

    private static <V> long[] times(EventClock<V> clock, RecordBatch batch) {
        V[] items = items(batch);
        long[] times = new long[batch.rowCount()];
        for (int row = 0; row < times.length; row++) {
            times[row] = clock.micros(items[row]);
        }
        return times;
    }

    /** The items of a keyed stream, which are of its type because only typed methods make streams. */
    @SuppressWarnings("unchecked")
    private static <V> V[] items(RecordBatch batch) {
        return (V[]) Items.column(batch, 1);
    }
}
