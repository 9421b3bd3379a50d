package dev.penstock.dataflow.window;

import java.time.Duration;
import java.time.Instant;

/** The usual windows. Lengths are cut off to whole microseconds. */
public final class Windows {
    private Windows() {}

    /** As {@link #tumbling(Duration, Instant)}, aligned to 1970-01-01T00:00Z. */
    public static Windower tumbling(Duration length) {
        return tumbling(length, Instant.EPOCH);
    }

    /**
     * Windows of {@code length}, one behind the other. Window 0 begins at {@code alignTo}; each has the times from its
     * begin, inclusive, to its end, exclusive, and those before the first have negative ids.
     */
    public static Windower tumbling(Duration length, Instant alignTo) {
        return sliding(length, length, alignTo);
    }

    /** As {@link #sliding(Duration, Duration, Instant)}, aligned to 1970-01-01T00:00Z. */
    public static Windower sliding(Duration length, Duration offset) {
        return sliding(length, offset, Instant.EPOCH);
    }

    /**
     * Windows of {@code length}, of which one begins every {@code offset}, so that an item is in several. Window 0
     * begins at {@code alignTo}.
     *
     * @throws IllegalArgumentException if {@code offset} is greater than {@code length}: items would be in no window
     */
    public static Windower sliding(Duration length, Duration offset, Instant alignTo) {
        return AlignedWindower.of(length, offset, alignTo);
    }

    /**
     * Windows of items that follow each other within {@code gap}, which counts as within. Ids are 0, 1, 2 … for each
     * key. An item between two sessions merges them into the one that began earlier. A session closes when the
     * watermark has passed its last item by more than {@code gap}.
     */
    public static SessionWindower session(Duration gap) {
        return SessionWindower.of(gap);
    }

    /**
     * Windows of {@code items} items, one behind the other; each closes with its last item, or at the end of the input.
     * Ids are 0, 1, 2 … for each key.
     */
    public static Windower count(int items) {
        return count(items, items);
    }

    /**
     * Windows of {@code items} items, of which one begins with every {@code every}th item.
     *
     * @throws IllegalArgumentException if {@code every} is greater than {@code items}: items would be in no window
     */
    public static Windower count(int items, int every) {
        return CountWindower.of(items, every);
    }

    /** One window, 0, for all items of a key; it closes at the end of the input, so give it an {@link EarlyTrigger}. */
    public static Windower global() {
        return GlobalWindower.INSTANCE;
    }
}
