package dev.penstock.engine.embedded.protocol;

/** A promise of the product is broken. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message, null, false, false);
    }
}
