package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyHash;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.engine.embedded.store.KeyReader;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a worker that only the store has. Kept of them are a few bits of their hash and when the first of their
 * timers is due. Not thread safe.
 */
final class ColdKeys {
    /** How many keys at least are read at once when their timers are due, and how many at most of one time. */
    static final int DUE_AT_ONCE = 4_096;

    /** How many keys are read at once when all are. */
    private static final int PAGE = 1_024;

    private static final int REBUILD_FROM = 100_000;

    private final KeyReader reader;
    private final int worker;
    private final int workers;
    private final Fingerprints prints = new Fingerprints();
    private final DroppedKeys dropped = new DroppedKeys();
    private final int dueAtOnce;
    private final long[] soonest = {Long.MAX_VALUE, Long.MAX_VALUE};

    /** Times at which so many are due that they are read page by page. */
    private final long[] crowded = {Long.MAX_VALUE, Long.MAX_VALUE};

    private boolean notesDrops;

    /** How often keys were added or looked for in vain, since the fingerprints were exact. */
    private int inexact;

    /** Keys of worker {@code worker} of {@code workers}, which {@code reader} reads. */
    ColdKeys(KeyReader reader, int worker, int workers, int dueAtOnce) {
        this.reader = reader;
        this.dueAtOnce = dueAtOnce;
        this.worker = worker;
        this.workers = workers;
    }

    /** How many there are, those among them that have expired since. */
    int size() {
        return prints.size();
    }

    /** A key with {@code timers} left memory, or never came to it. */
    void add(byte[] key, List<Timer> timers) {
        prints.add(hash(key));
        inexact++;
        for (Timer timer : timers) {
            int domain = timer.domain().code();
            soonest[domain] = Math.min(soonest[domain], timer.time());
            if (timer.time() <= crowded[domain]) {
                crowded[domain] = Long.MAX_VALUE;
            }
        }
    }

    /** From now on keys that are dropped are noted, as long as the store may still have them. */
    void noteDrops() {
        notesDrops = true;
    }

    /** A key of memory was dropped, which snapshot {@code snapshot} will tell the store. */
    void dropped(byte[] key, int snapshot) {
        if (notesDrops) {
            dropped.add(key, snapshot);
        }
    }

    /** The store knows what snapshot {@code snapshot} told. */
    void durable(int snapshot) {
        dropped.durable(snapshot);
    }

    /** The value of a key that is not in memory, which then is not cold any more; null if it is new. */
    byte @Nullable [] take(byte[] key) {
        long hash = hash(key);
        if (!prints.mightContain(hash) || dropped.contains(key)) {
            return null;
        }
        byte[] value = reader.value(key);
        if (value == null) {
            inexact++;
        } else {
            prints.remove(hash);
        }
        return value;
    }

    /** Many calls of {@link #take} follow. */
    void begin() {
        if (size() > 0) {
            reader.begin();
        }
    }

    /** The calls are done. */
    void end() {
        reader.end();
    }

    /** When the first timer of a clock may be due, or {@link Long#MAX_VALUE}. */
    long soonest(TimeDomain domain) {
        return soonest[domain.code()];
    }

    /** The time that is to be taken by {@link #dueAt}, or {@link Long#MAX_VALUE}; none is due before it. */
    long crowded(TimeDomain domain) {
        return crowded[domain.code()];
    }

    /**
     * Gives those keys to {@code taker} whose timers are due first, all of one time together; they are not cold any
     * more. Stops before a time at which too many are due.
     */
    void takeDue(TimeDomain domain, Predicate<byte[]> inMemory, Taker taker) {
        long[] seen = {0, Long.MIN_VALUE, Long.MAX_VALUE};
        long stopped = reader.due(domain, soonest(domain), dueAtOnce, (key, value, due) -> {
            if (!isOurs(key) || inMemory.test(key) || dropped.contains(key)) {
                return true;
            }
            if (seen[0] >= dueAtOnce && due > seen[1]) {
                seen[2] = due;
                return false;
            }
            seen[0]++;
            seen[1] = due;
            prints.remove(hash(key));
            taker.take(key, value);
            return true;
        });
        soonest[domain.code()] = Math.min(seen[2], stopped);
        crowded[domain.code()] = stopped;
    }

    /** The next of the keys that are due at the crowded time, by their bytes; they stay cold. Empty at the end. */
    List<KeyReader.Entry> dueAt(TimeDomain domain, byte[] after) {
        return reader.dueAt(domain, crowded(domain), after, dueAtOnce);
    }

    /** All keys that are due at the crowded time have been taken. */
    void crowdTaken(TimeDomain domain) {
        soonest[domain.code()] = crowded(domain) + 1;
        crowded[domain.code()] = Long.MAX_VALUE;
    }

    /** Some of the keys behind {@code after}, by their bytes; they stay cold. Empty at the end. */
    List<KeyReader.Entry> page(byte[] after) {
        return reader.page(after, PAGE);
    }

    /** Whether a key that the store has is one of ours. */
    boolean isOurs(byte[] key) {
        return !ReservedKeys.isReserved(key) && KeyHash.worker(hash(key), workers) == worker;
    }

    /** Whether a key that the store has was dropped. */
    boolean isDropped(byte[] key) {
        return dropped.contains(key);
    }

    /** A key of a {@link #page} is in memory now. */
    void taken(byte[] key) {
        prints.remove(hash(key));
    }

    /**
     * Forgets keys that have expired in the store, which nobody tells; reads all keys, so it is done once in as many
     * changes as there are keys.
     */
    void forgetExpired(Predicate<byte[]> inMemory) {
        if (inexact < REBUILD_FROM + size()) {
            return;
        }
        prints.clear();
        reader.keys(key -> {
            if (isOurs(key) && !inMemory.test(key) && !dropped.contains(key)) {
                prints.add(hash(key));
            }
        });
        inexact = 0;
    }

    private static long hash(byte[] key) {
        return KeyHash.of(key, 0, key.length);
    }

    /** Takes a key into memory. */
    interface Taker {
        void take(byte[] key, byte[] value);
    }
}
