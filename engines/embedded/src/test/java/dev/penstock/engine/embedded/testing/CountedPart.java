package dev.penstock.engine.embedded.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** A part of a connector that counts among the open ones until it is closed for the first time. */
abstract class CountedPart implements AutoCloseable {
    private final AtomicInteger open;
    private boolean closed;

    CountedPart(AtomicInteger open) {
        this.open = open;
        open.incrementAndGet();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            open.decrementAndGet();
        }
    }
}
