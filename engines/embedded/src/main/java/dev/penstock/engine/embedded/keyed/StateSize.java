package dev.penstock.engine.embedded.keyed;

/**
 * An estimate of the memory that the keys of a worker take. Nobody can ask Java what hangs on an object, so that now
 * and then a state is written to bytes, and what the others take is concluded from that.
 */
final class StateSize<S> {
    private static final int PUTS_BETWEEN_SAMPLES = 512;
    private static final int FIRST_SAMPLES = 16;

    /** How much of a new sample goes into the average. */
    private static final double WEIGHT = 1.0 / 16;

    /** Objects take a few times the bytes of what they hold. */
    private static final int OBJECT_HEADER = 16;

    private static final int FACTOR = 3;

    /** A timer, its place in the heap and its record there. */
    private static final int TIMER_BYTES = 72;

    private final ValueWriter<S> writer;
    private long idBytes;
    private int keys;
    private int states;
    private double averageState;
    private int samples;
    private int putsLeft;

    StateSize(ValueWriter<S> writer) {
        this.writer = writer;
    }

    /** The entry remembers what its key brings, so that the key need not be looked at again when it leaves. */
    void addedKey(KeyEntry<S> entry) {
        entry.roughIdSize = RoughSize.of(KeyIdentity.sizeInBytes(entry.id));
        keys++;
        idBytes += RoughSize.bytes(entry.roughIdSize);
    }

    void removedKey(KeyEntry<S> entry) {
        keys--;
        idBytes -= RoughSize.bytes(entry.roughIdSize);
    }

    void addedState() {
        states++;
    }

    void removedState() {
        states--;
    }

    /** Looks at {@code state} if it is the turn of one. */
    void put(Object id, S state) {
        if (--putsLeft >= 0) {
            return;
        }
        sample(writer.sizeOf(id, state));
        putsLeft = samples < FIRST_SAMPLES ? samples : PUTS_BETWEEN_SAMPLES;
    }

    /** A state was found to take {@code bytes} in the store. */
    private void sample(int bytes) {
        double memory = OBJECT_HEADER + (double) FACTOR * bytes;
        averageState = samples == 0 ? memory : averageState + (memory - averageState) * WEIGHT;
        samples++;
    }

    /** The memory of all keys that are in it, given how many timers they have. */
    long bytes(int timers) {
        return (long) keys * KeyEntry.SIZE_IN_BYTES
                + idBytes
                + (long) (states * averageState)
                + (long) timers * TIMER_BYTES;
    }
}
