package dev.penstock.dataflow.operator;

import java.io.IOException;

/**
 * The program must be mended: a value cannot be kept in state, or what was kept does not fit the types that are
 * declared now. The message names the record and the component.
 */
public final class IncompatibleStateException extends IOException {
    private static final long serialVersionUID = 1L;

    IncompatibleStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
