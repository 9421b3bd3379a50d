package dev.penstock.flow.testing;

import dev.penstock.spi.FatalException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cause of what ends a run because the test wants it to, as the end of the process would. */
final class TestAbort extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TestAbort(String message) {
        super(message);
    }

    /** What to throw to an engine. */
    static FatalException at(String place) {
        String message = "Cannot go on at " + place + ": the test ends this run here; run again to go on";
        return new FatalException(message, new TestAbort(message));
    }

    /** Whether {@code failure} is the test's doing. */
    static boolean caused(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        for (@Nullable Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof TestAbort) {
                return true;
            }
        }
        return false;
    }
}
