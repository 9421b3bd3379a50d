package dev.penstock.dataflow.flow;

/**
 * The clock of the machine: an item happens when its batch is worked on, and nothing is late. Windows of length close
 * when that time has come, also while nothing arrives. The same items give other windows in another run.
 *
 * @param <V> the items
 */
public record SystemClock<V>() implements Clock<V> {
    /** The clock; for any items. */
    public static <V> SystemClock<V> now() {
        return new SystemClock<>();
    }
}
