package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.EngineException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be closed at the end of an incarnation, whatever its outcome; the newest first. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Optional<EngineException> stuck = Optional.empty();

    private record ThreadsEnd(Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** Adds a part; to be called before the part is opened, for a failed opening needs closing too (LC-02). */
    <C extends AutoCloseable> C add(C part) {
        parts.push(part);
        return part;
    }

    /**
     * Adds what ends the threads that use the parts added so far. If it throws an {@link EngineException}, a thread is
     * still alive: none of those parts is closed, for a native library may crash the process when that is done under a
     * call.
     */
    void addThreads(Runnable end) {
        parts.push(new ThreadsEnd(end));
    }

    /** A thread that could not be ended. */
    Optional<EngineException> stuck() {
        return stuck;
    }

    /**
     * Closes everything; what fails to close is logged, since there is nothing else to do about it.
     *
     * @throws EngineException if a thread cannot be ended; what it uses stays open
     */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (EngineException e) {
                if (part instanceof ThreadsEnd) {
                    stuck = Optional.of(e);
                    parts.clear();
                    throw e;
                }
                warn(part, e);
            } catch (Exception e) {
                warn(part, e);
            }
        }
    }

    private static void warn(AutoCloseable part, Exception cause) {
        LOG.warn("Cannot close {} cleanly", part.getClass().getSimpleName(), cause);
    }
}
