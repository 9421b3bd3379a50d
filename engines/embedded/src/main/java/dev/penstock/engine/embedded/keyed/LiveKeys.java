package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys of one worker of a step that are in memory, and how they leave it and come back. Not thread safe. */
final class LiveKeys<S> {
    private final KeyedStep<S> step;
    private final KeyIdentity identity;
    private final KeyTable<S> table = new KeyTable<>();
    private TimerQueue<S> eventTimers = new TimerQueue<>(this::bringAllNear);
    private @Nullable TimerQueue<S> nextRun;
    private final TimerQueue<S> processingTimers = new TimerQueue<>(this::bringAllNear);
    private final @Nullable Expiries<S> expiries;
    private final StateSize<S> size;
    private final OpenWindows<S> windows;
    private @Nullable ColdKeys cold;
    private int sweepAt;

    /** When the stage began, in milliseconds: the last put of states whose step had no time to live before. */
    private long restoredAt;

    LiveKeys(KeyedStep<S> step, KeyIdentity identity, ValueWriter<S> writer) {
        this.step = step;
        this.identity = identity;
        this.size = new StateSize<>(writer);
        this.windows = new OpenWindows<>(step);
        this.expiries =
                step.timeToLive().map(time -> new Expiries<S>(time.toMillis())).orElse(null);
    }

    /** From now on keys may leave memory. */
    void useStore(ColdKeys coldKeys) {
        cold = coldKeys;
    }

    /** States that do not say when they were put last count from {@code nowMillis}. */
    void restoredAt(long nowMillis) {
        restoredAt = nowMillis;
    }

    /** Those that only the store has; null if keys do not leave memory. */
    @Nullable ColdKeys cold() {
        return cold;
    }

    /** When keys with a time to live expire; null without one. */
    @Nullable Expiries<S> expiries() {
        return expiries;
    }

    /** How many are in memory. */
    int count() {
        return table.size();
    }

    /** What they take, roughly. */
    long bytes() {
        return size.bytes(eventTimers.live() + processingTimers.live());
    }

    StateSize<S> size() {
        return size;
    }

    /** The windows that they hold open, and those that left memory. */
    OpenWindows<S> windows() {
        return windows;
    }

    /** Event timers that are set from now on are for the next run. */
    void beginLastTimers() {
        nextRun = new TimerQueue<>(this::bringAllNear);
    }

    /** The timers of this run have all been given. */
    void endLastTimers() {
        eventTimers = nextRun == null ? eventTimers : nextRun;
        nextRun = null;
    }

    /** Where timers go that are set. */
    TimerQueue<S> settable(TimeDomain domain) {
        TimerQueue<S> later = nextRun;
        return later != null && domain == TimeDomain.EVENT ? later : timers(domain);
    }

    TimerQueue<S> timers(TimeDomain domain) {
        return domain == TimeDomain.EVENT ? eventTimers : processingTimers;
    }

    /**
     * Finds the entries of keys that are known by objects, see {@link KeyIdentity}; adds those that are missing.
     *
     * <p>Each step of the way is done for all keys before the next: with millions of keys nearly each step is a look
     * into memory that is not in the processor's caches, and it waits for many of them at once this way.
     *
     * @param ids the keys
     * @param slots room for a number a key
     * @param found gets the entries
     */
    void findOrAdd(Object[] ids, int count, int[] slots, @Nullable KeyEntry<S>[] found) {
        for (int i = 0; i < count; i++) {
            slots[i] = KeyIdentity.slot(ids[i]);
        }
        for (int i = 0; i < count; i++) {
            found[i] = table.first(slots[i]);
        }
        for (int i = 0; i < count; i++) {
            KeyEntry<S> first = found[i];
            found[i] = first != null && first.id == ids[i] ? used(first) : findOrAdd(ids[i], slots[i]);
        }
        bringNear(found, count);
    }

    /**
     * Looks at each state, which lies elsewhere, so that the operator finds it in the caches; a check keeps the look.
     */
    private void bringNear(@Nullable KeyEntry<S>[] entries, int count) {
        for (int i = 0; i < count; i++) {
            KeyEntry<S> entry = entries[i];
            if (entry != null && entry.state instanceof KeyEntry) {
                throw new IllegalStateException("an entry is not a state");
            }
        }
        for (int i = 0; i < count; i++) {
            KeyEntry<S> entry = entries[i];
            if (entry != null && entry.state != null) {
                step.bringNear(entry.state);
            }
        }
    }

    /** Looks at entries, at their places in the table and at their states. */
    private void bringAllNear(@Nullable KeyEntry<S>[] entries, int count) {
        for (int i = 0; i < count; i++) {
            KeyEntry<S> entry = entries[i];
            if (entry != null && entry.live && table.first(entry.slot) == null) {
                throw new IllegalStateException("an entry that is live is in the table");
            }
        }
        bringNear(entries, count);
    }

    private KeyEntry<S> findOrAdd(Object id, int slot) {
        KeyEntry<S> entry = table.find(id, slot);
        return entry == null ? add(id, slot) : used(entry);
    }

    /** The entry of the key in the first {@code length} of {@code bytes}; added if there is none. */
    KeyEntry<S> findOrAdd(byte[] bytes, int length, long hash) {
        int slot = KeyIdentity.slot(hash);
        KeyEntry<S> entry = table.find(bytes, length, slot);
        return entry == null ? add(Arrays.copyOf(bytes, length), slot) : used(entry);
    }

    /** Writes only what changes, for the entry may be read from afar. */
    private static <S> KeyEntry<S> used(KeyEntry<S> entry) {
        if (!entry.used) {
            entry.used = true;
        }
        return entry;
    }

    private KeyEntry<S> add(Object id, int slot) {
        KeyEntry<S> entry = table.add(id, slot);
        size.addedKey(entry);
        if (cold != null && cold.size() > 0) {
            byte[] value = cold.take(KeyIdentity.bytes(id));
            if (value != null) {
                fill(entry, value);
            }
        }
        return entry;
    }

    /** Takes a key into memory as the store has it. */
    KeyEntry<S> warm(byte[] key, byte[] value) {
        Object id = identity.ofBytes(key);
        KeyEntry<S> entry = table.add(id, slot(id));
        size.addedKey(entry);
        fill(entry, value);
        return entry;
    }

    private void fill(KeyEntry<S> entry, byte[] value) {
        StoredValue<S> stored = StoredValue.read(step.id(), value, step.codec());
        entry.stored = true;
        if (stored.state().isPresent()) {
            entry.state = stored.state().get();
            size.addedState();
            size.put(entry.id, entry.state);
            windows.returned(entry, entry.state);
        }
        if (expiries != null && (stored.touched() != 0 || entry.state != null)) {
            expiries.touch(entry, stored.touched() == 0 ? restoredAt : stored.touched());
        }
        for (Timer timer : stored.timers()) {
            TimerQueue<S> queue = timers(timer.domain());
            Timer known = queue.known(timer);
            if (entry.add(known)) {
                queue.add(known, entry);
            }
        }
    }

    /**
     * Takes those keys into memory whose timers of a clock are due before all others, and not after {@code until};
     * those of a time at which too many are due are left where they are.
     */
    void warmDue(TimeDomain domain, long until) {
        ColdKeys keys = cold;
        if (keys == null) {
            return;
        }
        long soonest = keys.soonest(domain);
        while (soonest < keys.crowded(domain)
                && soonest <= Math.min(until, timers(domain).soonest())) {
            keys.takeDue(domain, this::isInMemory, (key, value) -> warm(key, value));
            soonest = keys.soonest(domain);
        }
    }

    boolean isInMemory(byte[] key) {
        if (identity == KeyIdentity.BYTES) {
            return table.find(key, key.length, slot(key)) != null;
        }
        Object id = identity.ofBytes(key);
        return table.find(id, slot(id)) != null;
    }

    private static int slot(Object id) {
        return id instanceof byte[] bytes
                ? KeyIdentity.slot(KeyIdentity.key(bytes).hash())
                : KeyIdentity.slot(id);
    }

    /** Removes a key from memory. */
    void remove(KeyEntry<S> entry) {
        entry.live = false;
        table.remove(entry);
        size.removedKey(entry);
        if (entry.state != null) {
            size.removedState();
        }
        if (expiries != null && entry.touched != 0) {
            expiries.gone();
        }
        for (Timer timer : entry.timers()) {
            timers(timer.domain()).forget(1);
        }
    }

    /**
     * Lets keys leave memory that were not used since the last time and are as the store has them.
     *
     * @param durable the last snapshot that the store has
     * @return whether what stays takes no more than {@code target} bytes
     */
    boolean shrink(long target, int durable) {
        for (int looked = 0; bytes() > target && looked < 2 * table.segments(); looked++) {
            sweepAt = (sweepAt + 1) % table.segments();
            table.forEach(sweepAt, entry -> sweep(entry, durable));
        }
        return bytes() <= target;
    }

    private void sweep(KeyEntry<S> entry, int durable) {
        if (entry.used) {
            entry.used = false;
        } else {
            cool(entry, durable);
        }
    }

    /** Lets a key leave memory if it is as the store has it. */
    void cool(KeyEntry<S> entry, int durable) {
        if (cold != null && entry.live && entry.stored && entry.isSealedBy(durable)) {
            cold.add(KeyIdentity.bytes(entry.id), entry.timers());
            remove(entry);
        }
    }

    /** Those in memory, by the bytes of their keys. */
    KeyOrder<S> inOrder() {
        EntryList<S> entries = new EntryList<>();
        for (int segment = 0; segment < table.segments(); segment++) {
            table.forEach(segment, entries::add);
        }
        return new KeyOrder<>(entries);
    }
}
