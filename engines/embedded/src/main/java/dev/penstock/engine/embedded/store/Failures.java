package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.ResumeRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Turns what SQLite and the file system report into errors that say what to do. */
final class Failures {
    private static final long ALMOST_FULL_BYTES = 256 << 10;

    private final StateFiles files;

    Failures(StateFiles files) {
        this.files = files;
    }

    /** @param action what was tried, such as {@code seal epoch 4 in} */
    RuntimeException of(String action, SQLException cause) {
        String failed = "Cannot " + action + " state file '" + files.database() + "': ";
        return switch (primaryCode(cause)) {
            case SQLITE_FULL -> full(failed, cause);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH -> readOnly(failed, cause);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new StateUnavailableException(
                        StateUnavailableException.Reason.BUSY,
                        failed + "another process holds it; find out which one has the file open, and stop it",
                        cause);
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT, SQLITE_SCHEMA, SQLITE_ERROR ->
                new ResumeRefusedException(
                        ResumeRefusedException.Reason.DAMAGED,
                        failed + "it is damaged or not a state file (" + cause.getMessage()
                                + "); put back a whole copy of the state directory, or start anew with 'penstock state"
                                + " reset'",
                        cause);
            default -> isAlmostFull() ? full(failed, cause) : device(failed, cause);
        };
    }

    /** A file of the state could not be made, locked, read or written. */
    RuntimeException of(String action, Path file, IOException cause) {
        String failed = "Cannot " + action + " '" + file + "': ";
        if (isAlmostFull()) {
            return full(failed, cause);
        }
        return Files.isWritable(existing(file)) ? device(failed, cause) : readOnly(failed, cause);
    }

    private StateUnavailableException full(String failed, Exception cause) {
        return new StateUnavailableException(
                StateUnavailableException.Reason.DISK_FULL,
                failed + "no space is left on the device; free some and run again, what was sealed before is safe",
                cause);
    }

    private StateUnavailableException readOnly(String failed, Exception cause) {
        return new StateUnavailableException(
                StateUnavailableException.Reason.READ_ONLY,
                failed + "it may not be opened for writing; give this user write access to directory '"
                        + files.directory() + "', or choose another with checkpoint.state",
                cause);
    }

    private StateUnavailableException device(String failed, Exception cause) {
        return new StateUnavailableException(
                StateUnavailableException.Reason.DEVICE,
                failed + cause.getMessage() + "; look at the device, then run again, what was sealed before is safe",
                cause);
    }

    private boolean isAlmostFull() {
        try {
            return Files.getFileStore(existing(files.directory())).getUsableSpace() < ALMOST_FULL_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path existing(Path path) {
        Path candidate = path.toAbsolutePath();
        while (!Files.exists(candidate) && candidate.getParent() != null) {
            candidate = candidate.getParent();
        }
        return candidate;
    }

    /** Extended codes carry the primary one in their lowest byte. */
    private static SQLiteErrorCode primaryCode(SQLException cause) {
        return SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xFF);
    }
}
