package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** When the results of windows that are still open are given out; marked {@link Firing#EARLY}. */
public sealed interface EarlyTrigger {
    /**
     * After so much time by the wall clock, counted from the first item behind the last firing. A key without new items
     * gives nothing.
     */
    static EarlyTrigger every(Duration interval) {
        return new Every(interval);
    }

    /** After each {@code items} items of a window. */
    static EarlyTrigger everyItems(int items) {
        return new EveryItems(items);
    }

    /** By the wall clock. */
    record Every(Duration interval) implements EarlyTrigger {
        public Every {
            requireNonNull(interval, "interval");
            Micros.requirePositive(interval, "trigger interval");
        }
    }

    /** By the number of items. */
    record EveryItems(int items) implements EarlyTrigger {
        public EveryItems {
            if (items < 1) {
                throw new IllegalArgumentException(
                        "Cannot fire every '" + items + "' items: it is less than 1; give a number from 1");
            }
        }
    }
}
