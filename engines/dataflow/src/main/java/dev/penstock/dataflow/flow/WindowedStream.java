package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.window.WindowMetadata;

/**
 * What comes out of windows: results, late items, and what is known of the windows themselves.
 *
 * @param <K> the keys
 * @param <R> the results
 */
public sealed interface WindowedStream<K, R> permits Windowed {
    /** The results, with their windows; one a window and firing, or as many as the step gives. */
    KeyedStream<K, WindowResult<R>> results();

    /** The results without their windows, as step {@code step}. */
    KeyedStream<K, R> values(String step);

    /** The items that came too late, once for each window they would have been in. They have changed nothing. */
    KeyedStream<K, ? extends LateItem<?>> late();

    /** What is known of each window that has closed; windows that became part of another are named by that. */
    KeyedStream<K, WindowMetadata> meta();
}
