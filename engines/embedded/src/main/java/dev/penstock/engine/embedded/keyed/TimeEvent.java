package dev.penstock.engine.embedded.keyed;

import java.util.function.LongSupplier;

/** What is to be known about time between rows, by those who work out watermarks. */
public sealed interface TimeEvent {
    /**
     * A partition is read from now on.
     *
     * @param tells whether it says itself when it falls silent; if not, that is told by the clock
     * @param silentUntil up to when it is known to have given nothing since it fell silent, in milliseconds
     */
    record Begin(RowOrigin partition, boolean tells, LongSupplier silentUntil) implements TimeEvent {}

    /** All partitions that were there at the start have begun; comes once to everybody, also if there are none. */
    record Begun() implements TimeEvent {}

    /** Rows of a partition have gone through; a gate that saw none of them sees that here. */
    record Read(RowOrigin partition) implements TimeEvent {}

    /** A partition has given nothing since {@code sinceMillis}; all rows before have been handed on. */
    record Silent(RowOrigin partition, long sinceMillis) implements TimeEvent {}

    /**
     * A partition gives nothing more.
     *
     * @param gone whether there is no such partition any more
     */
    record End(RowOrigin partition, boolean gone) implements TimeEvent {}

    /** The watermark of a step before has moved. */
    record Watermark(String stepId, long micros) implements TimeEvent {}

    /** A step before expects nothing for a while. */
    record Idle(String stepId) implements TimeEvent {}
}
