package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Sessions, see {@link Windows#session}. Immutable; the options give a changed copy. */
public final class SessionWindower implements Windower {
    /** How long a key's number of sessions is remembered, if nothing else is said. */
    public static final Duration DEFAULT_REMEMBER_FOR = Duration.ofDays(1);

    private final Duration gap;
    private final Duration maxLength;
    private final Duration rememberFor;
    private final long gapMicros;
    private final long maxMicros;

    private SessionWindower(Duration gap, Duration maxLength, Duration rememberFor) {
        this.gap = gap;
        this.maxLength = maxLength;
        this.rememberFor = rememberFor;
        this.gapMicros = Micros.requireNotNegative(gap, "session gap");
        this.maxMicros = Micros.requireNotNegative(maxLength, "session length");
        Micros.requireNotNegative(rememberFor, "time to remember");
    }

    static SessionWindower of(Duration gap) {
        requireNonNull(gap, "gap");
        return new SessionWindower(gap, Duration.ofSeconds(Long.MAX_VALUE), DEFAULT_REMEMBER_FOR);
    }

    /**
     * Lets no session be longer than {@code longest} from its first to its last item; an item that would make it so
     * begins another.
     */
    public SessionWindower atMost(Duration longest) {
        return new SessionWindower(gap, requireNonNull(longest, "longest"), rememberFor);
    }

    /**
     * Remembers for {@code time} after a key's last session closed how many it had, so that its next one has another
     * id; a day if not given. It is counted by the step's clock, and costs a row of state for each key of that time.
     */
    public SessionWindower rememberFor(Duration time) {
        return new SessionWindower(gap, maxLength, requireNonNull(time, "time"));
    }

    @Override
    public Duration rememberFor() {
        return rememberFor;
    }

    @Override
    public void openFor(long time, KeyWindows windows) {
        int session = KeyWindows.NONE;
        for (int i = 0; i < windows.count(); i++) {
            if (!windows.isGone(i) && takes(windows, i, time)) {
                session = session == KeyWindows.NONE ? i : joined(windows, session, i, time);
            }
        }
        if (session == KeyWindows.NONE) {
            windows.chooseNext(time, time, closesAt(time));
        } else {
            extend(windows, session, time, time);
            windows.choose(session);
        }
    }

    private boolean takes(KeyWindows windows, int index, long time) {
        long open = windows.openTime(index);
        long close = windows.closeTime(index);
        return Micros.plus(time, gapMicros) >= open
                && Micros.plus(close, gapMicros) >= time
                && Math.max(close, time) - Math.min(open, time) <= maxMicros;
    }

    /** Merges two sessions that take the same item, if they may be one, and gives the one that takes it. */
    private int joined(KeyWindows windows, int one, int other, long time) {
        int earlier = windows.openTime(one) <= windows.openTime(other) ? one : other;
        int later = earlier == one ? other : one;
        long close = Math.max(time, Math.max(windows.closeTime(one), windows.closeTime(other)));
        if (close - Math.min(time, windows.openTime(earlier)) <= maxMicros) {
            extend(windows, earlier, windows.openTime(later), windows.closeTime(later));
            windows.merge(later, earlier);
        }
        return earlier;
    }

    private void extend(KeyWindows windows, int session, long open, long close) {
        long last = Math.max(close, windows.closeTime(session));
        windows.change(session, Math.min(open, windows.openTime(session)), last, closesAt(last));
    }

    /** Behind the gap, not at its end. */
    private long closesAt(long last) {
        return Micros.plus(Micros.plus(last, gapMicros), 1);
    }

    @Override
    public void lateFor(long time, LongConsumer ids) {
        ids.accept(NO_WINDOW);
    }

    @Override
    public long closesAfter(long time) {
        return closesAt(time);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionWindower that
                && gapMicros == that.gapMicros
                && maxMicros == that.maxMicros
                && rememberFor.equals(that.rememberFor);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(gapMicros) * 31 + Long.hashCode(maxMicros);
    }

    @Override
    public String toString() {
        return "session of gap " + gap;
    }
}
