package dev.penstock.connector.kafka;

import java.io.IOException;

/** A file of the spool is not as it was written. */
final class SpoolDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolDamagedException(String message) {
        super(message);
    }
}
