package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.ResumeRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Finds a database file that was replaced by an older one while SQLite's log of a crashed process lay beside it: SQLite
 * would lay the newer pages of the log over the older ones of the file, and nobody would see that they do not belong
 * together.
 */
final class LogCheck {
    private LogCheck() {}

    /**
     * Refuses to lay the log over a file that is older than what had been moved to it. To be called before the file is
     * opened for writing, and by nobody who writes.
     */
    static void refuseOtherLog(StateFiles files, Optional<Witness> witness) {
        long moved = witness.map(Witness::moved).orElse(-1L);
        if (moved < 0 || !hasLog(files)) {
            return;
        }
        long found = epochWithoutLog(files).orElse(moved);
        if (found < moved) {
            throw Identity.older(files, found, moved, " had reached the file");
        }
    }

    private static boolean hasLog(StateFiles files) {
        try {
            return Files.exists(files.log()) && Files.size(files.log()) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Empty if the file alone makes no sense, as after a crash while pages were moved; with its log it does. */
    private static Optional<Long> epochWithoutLog(StateFiles files) {
        try (Database database = Database.openWithoutLog(files)) {
            return Optional.of(database.run("read", reader -> new StateReader(reader).epoch()));
        } catch (ResumeRefusedException | StateUnavailableException e) {
            return Optional.empty();
        }
    }
}
