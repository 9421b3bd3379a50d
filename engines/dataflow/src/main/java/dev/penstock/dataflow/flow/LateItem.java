package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

/**
 * An item that came too late for a window.
 *
 * @param windowId the id of the window it would have been in; -1 for sessions and windows of a number of items
 * @param value the item
 */
public record LateItem<V>(long windowId, V value) {
    public LateItem {
        requireNonNull(value, "value");
    }
}
