package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.window.Firing;
import java.time.Instant;

/**
 * A result of a window.
 *
 * @param windowId the window's id, unique for its key
 * @param open when the window began; for sessions and windows of a number of items, the time of the first item
 * @param close where it ended, exclusive; for sessions and windows of a number of items, the time of the last item
 * @param firing why the result was given out
 * @param value the result
 */
public record WindowResult<R>(long windowId, Instant open, Instant close, Firing firing, R value) {
    public WindowResult {
        requireNonNull(open, "open");
        requireNonNull(close, "close");
        requireNonNull(firing, "firing");
        requireNonNull(value, "value");
    }
}
