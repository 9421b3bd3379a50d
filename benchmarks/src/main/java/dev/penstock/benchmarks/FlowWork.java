package dev.penstock.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * The dataflows with state that are compared, and their data: event number {@code i} is the same for every contender,
 * {@code src/main/python/flows.py} included. Reader {@code p} of {@code n} gives events {@code p}, {@code p + n} and so
 * on, so that time passes in all of them alike.
 */
enum FlowWork {
    /** map, flatMap, filter, map of typed functions. */
    STATELESS("stateless", 40_000_000, 1),
    /** A sum over tumbling windows of event time. */
    WINDOWS_1("windows-1", 20_000_000, 1),
    WINDOWS_1000("windows-1000", 20_000_000, 1_000),
    WINDOWS_1000000("windows-1000000", 20_000_000, 1_000_000),
    /** A running sum by key, with checkpoints. */
    STATEFUL("stateful", 20_000_000, 1_000_000),
    /** A sum over sessions: each key has 20 events, is silent, and comes again. */
    SESSIONS("sessions", 20_000_000, 1_000_000),
    /** Pairs of two streams in which each key comes once, up to 65,536 events apart. */
    JOINS("joins", 10_000_000, 1);

    /** 2026-01-01T00:00:00Z. */
    static final long START_MICROS = 1_767_225_600_000_000L;

    static final long WINDOW_SECONDS = 10;
    static final long GAP_SECONDS = 5;
    static final long OUT_OF_ORDER_SECONDS = 1;

    private static final long MICROS_PER_EVENT = 5;
    private static final long JITTER_MICROS = 1_000;
    /** A prime, so that its multiples meet all keys before they meet one again. */
    private static final long STRIDE = 514_229;

    private static final long EVENTS_PER_BLOCK = 2_000_000;
    private static final long KEYS_PER_BLOCK = 100_000;
    private static final long VALUES = 1_000;
    private static final long JOIN_BLOCK = 65_536;
    /** So that two readers have as many events. */
    private static final long EVEN = 2;

    private final String text;
    private final long events;
    private final int keyCount;

    FlowWork(String text, long events, int keyCount) {
        this.text = text;
        this.events = events;
        this.keyCount = keyCount;
    }

    static FlowWork of(String text) {
        return Arrays.stream(values())
                .filter(work -> work.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(String.format(
                        Locale.ROOT, "Cannot run flow '%s': there are %s", text, Arrays.toString(values()))));
    }

    String text() {
        return text;
    }

    /** How many events there are at scale 1: of a join, on each side. */
    long events() {
        return events;
    }

    /** How many events a contender takes, about {@code share}: of a join whole blocks, so that all pairs meet. */
    long rounded(double share) {
        long unit = isJoin() ? JOIN_BLOCK : EVEN;
        return Math.max(1, Math.round(share / unit)) * unit;
    }

    boolean isJoin() {
        return this == JOINS;
    }

    /** Makes the keys, which are made once, before the clock runs. */
    Events generator() {
        String[] keys = new String[keyCount];
        for (int i = 0; i < keyCount; i++) {
            keys[i] = "k" + i;
        }
        return new Events(this, keys);
    }

    static long value(long i) {
        return i % VALUES;
    }

    /** The sum of the values of the first {@code count} events: what must come out of windows and sessions. */
    static long sum(long count) {
        long whole = count / VALUES;
        long rest = count % VALUES;
        return whole * (VALUES * (VALUES - 1) / 2) + rest * (rest - 1) / 2;
    }

    /** The number of the key of event {@code i} of the right side of a join; the left side's is {@code i}. */
    static long rightKey(long i) {
        return i ^ (JOIN_BLOCK - 1);
    }

    /** Makes events by their numbers. */
    record Events(FlowWork work, String[] keys) {
        FlowEvent event(long i) {
            long micros = START_MICROS + i * MICROS_PER_EVENT - i * 31 % JITTER_MICROS;
            return new FlowEvent(keys[(int) key(i)], micros, value(i));
        }

        private long key(long i) {
            return work == SESSIONS
                    ? (i / EVENTS_PER_BLOCK * KEYS_PER_BLOCK + i * STRIDE % KEYS_PER_BLOCK) % keys.length
                    : i * STRIDE % keys.length;
        }
    }
}
