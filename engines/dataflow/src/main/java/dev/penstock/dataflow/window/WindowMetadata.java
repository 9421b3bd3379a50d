package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a window that has closed.
 *
 * @param windowId its id, unique for its key
 * @param open when it began; for sessions and windows of a number of items, the time of the first item
 * @param close where it ended, exclusive; for sessions and windows of a number of items, the time of the last item
 * @param mergedIds the ids of all windows that became part of it, in order
 */
public record WindowMetadata(long windowId, Instant open, Instant close, List<Long> mergedIds) {
    public WindowMetadata {
        requireNonNull(open, "open");
        requireNonNull(close, "close");
        mergedIds = List.copyOf(mergedIds);
    }
}
