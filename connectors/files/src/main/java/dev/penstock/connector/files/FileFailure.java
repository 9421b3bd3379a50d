package dev.penstock.connector.files;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Makes of what the file system says what an engine can act on. */
final class FileFailure {
    private FileFailure() {}

    /** The failure of doing {@code verb} to {@code file}, where the author of the pipeline chose {@code setting}. */
    static ConnectorException of(String verb, Path file, String setting, IOException cause) {
        String what = "Cannot " + verb + " '" + shown(file) + "': " + reason(cause);
        if (cause instanceof AccessDeniedException || isReadOnly(cause)) {
            return config(setting, Problem.Code.PRIVILEGE, what, "give the process access to it", cause);
        }
        if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
            return config(setting, Problem.Code.NOT_FOUND, what, "create it or correct '" + setting + "'", cause);
        }
        return new RetryableException(what + "; it is tried again", cause);
    }

    private static ConfigException config(
            String setting, Problem.Code code, String what, String remedy, IOException cause) {
        ConfigException failure = new ConfigException(setting, code, what, remedy);
        failure.initCause(cause);
        return failure;
    }

    /** Why, in words. */
    static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return String.valueOf(cause.getMessage());
    }

    private static boolean isReadOnly(IOException cause) {
        return reason(cause).contains("Read-only file system");
    }

    private static String shown(Path file) {
        return file.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
