package dev.penstock.engine.embedded.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be closed at the end of an incarnation, whatever its outcome; the newest first. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Adds a part; to be called before the part is opened, for a failed opening needs closing too (LC-02). */
    <C extends AutoCloseable> C add(C part) {
        parts.push(part);
        return part;
    }

    /** Closes everything; what fails to close is logged, since there is nothing else to do about it. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("Cannot close {} cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
