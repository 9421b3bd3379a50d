package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Says who must act when the file system fails. */
final class QueueFailure {
    private QueueFailure() {}

    /** What doing {@code verb} to {@code file} ended with. */
    static ConnectorException of(String verb, Path file, IOException cause) {
        String what = "Cannot " + verb + " '" + file + "': ";
        if (cause instanceof AccessDeniedException) {
            ConfigException refused = new ConfigException(
                    "path", Problem.Code.PRIVILEGE, what + "permission denied", "give the process access to it");
            refused.initCause(cause);
            return refused;
        }
        return new RetryableException(what + cause.getMessage() + "; it is tried again", cause);
    }
}
