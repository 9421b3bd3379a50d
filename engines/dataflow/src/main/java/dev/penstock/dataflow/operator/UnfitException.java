package dev.penstock.dataflow.operator;

import java.io.IOException;

/** A value does not fit its place; whoever knows the place says so in an {@link IncompatibleStateException}. */
final class UnfitException extends IOException {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
        super(message);
    }

    /** This failure in the component at {@code index} of a record. */
    IncompatibleStateException in(RecordShape shape, int index, String verb) {
        return new IncompatibleStateException(
                "Cannot " + verb + " component '" + shape.names().get(index) + "' of record '"
                        + shape.type().getSimpleName() + "': " + getMessage(),
                this);
    }

    /** This failure in a state that is no record. */
    IncompatibleStateException inState(String verb) {
        return new IncompatibleStateException("Cannot " + verb + " a state: " + getMessage(), this);
    }
}
