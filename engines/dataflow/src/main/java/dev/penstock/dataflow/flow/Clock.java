package dev.penstock.dataflow.flow;

/**
 * What time it is for windows: that of the items, {@link EventClock}, or that of the machine, {@link SystemClock}.
 *
 * <p>A clock of one's own is an {@link EventClock} of one's own: it says when an item happened, how long to wait for
 * others and when to go on without a source that has fallen silent. Watermarks are made of that by the engine, one a
 * source partition, and kept with the state: no clock can make them run while nothing arrives, so that a stop of an
 * hour changes no window.
 *
 * @param <V> the items
 */
public sealed interface Clock<V> permits EventClock, SystemClock, CarriedClock {}
