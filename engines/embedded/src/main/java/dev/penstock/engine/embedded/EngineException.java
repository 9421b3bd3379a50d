package dev.penstock.engine.embedded;

/** The engine itself cannot go on, or a connector broke its contract. */
public final class EngineException extends RuntimeException {
    /** What cannot be done, and why. */
    public EngineException(String message) {
        super(message);
    }

    /** What cannot be done, why, and what found it. */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
