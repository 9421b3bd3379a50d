package dev.penstock.flow.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** When a test source gives its next items. Asked by several threads at once. */
@FunctionalInterface
interface Pace {
    /** As fast as they are taken. */
    Pace FREE = (position, settled) -> true;

    /** Each only once all before it are durable. */
    Pace HELD = (position, settled) -> settled;

    /**
     * Whether the item at {@code position} may be given.
     *
     * @param settled whether all items before it are durable
     */
    boolean mayGive(int position, boolean settled);

    /** Waits for durability before one of four items, which {@code seed} chooses. */
    static Pace uneven(long seed) {
        return (position, settled) ->
                settled || Long.hashCode((position + 1) * (seed | 1) * 0x9E3779B97F4A7C15L) % 4 != 0;
    }

    /** One item a life of the engine, whichever source comes first. */
    static Pace single(AtomicInteger given) {
        return (position, settled) -> given.compareAndSet(0, 1);
    }
}
