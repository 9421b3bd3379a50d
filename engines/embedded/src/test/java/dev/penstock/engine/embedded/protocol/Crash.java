package dev.penstock.engine.embedded.protocol;

/** The process ends here, between two instructions. */
final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("crash", null, false, false);
    }
}
