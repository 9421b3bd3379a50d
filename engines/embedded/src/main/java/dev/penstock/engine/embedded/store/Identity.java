package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.engine.embedded.ResumeRefusedException.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a state file is: whose, which one, and how far it got.
 *
 * @param store made with the file, and unlike that of any other file
 * @param runId of the incarnation that sealed the last epoch
 * @param epoch the last sealed one, or -1
 */
record Identity(String pipeline, String store, String runId, long epoch) {
    /** What the file says of itself; empty for a new one. */
    static Optional<Identity> read(Database database) throws SQLException {
        List<Identity> found = new ArrayList<>();
        database.query(
                "SELECT name, store, run, epoch FROM pipeline",
                row -> found.add(new Identity(row.getString(1), row.getString(2), row.getString(3), row.getLong(4))));
        return found.stream().findFirst();
    }

    /** As {@link #read}, inside a transaction, giving a new file its identity. */
    static Identity readOrCreate(Database writer, StateFiles files) throws SQLException {
        Optional<Identity> found = read(writer);
        if (found.isPresent()) {
            return found.get();
        }
        Identity made = new Identity(files.pipeline(), UUID.randomUUID().toString(), "", -1);
        writer.update(
                "INSERT INTO pipeline VALUES (1, ?, ?, ?, ?, 0)", made.pipeline, made.store, made.runId, made.epoch);
        return made;
    }

    /**
     * Refuses a file that is not the one to resume from.
     *
     * @param witness what is known beside the file, read before the file was
     */
    static void check(StateFiles files, Optional<Identity> found, Optional<Witness> witness) {
        witness.filter(known -> known.epoch() >= 0 && found.isEmpty()).ifPresent(known -> {
            throw missing(files, known);
        });
        checkPipeline(files, found);
        if (found.isPresent() && witness.isPresent() && !witness.get().store().isEmpty()) {
            checkAgainst(files, found.get(), witness.get());
        }
    }

    /** Refuses the file of another pipeline. */
    static void checkPipeline(StateFiles files, Optional<Identity> found) {
        found.filter(file -> !file.pipeline().equals(files.pipeline())).ifPresent(file -> {
            throw otherPipeline(files, file);
        });
    }

    private static void checkAgainst(StateFiles files, Identity file, Witness witness) {
        if (!file.store().equals(witness.store())) {
            throw new ResumeRefusedException(
                    Reason.REPLACED,
                    cannotResume(files) + "it is not the state file that was used here last (this is " + file.store()
                            + " at epoch " + file.epoch() + ", that was " + witness.store() + " at epoch "
                            + witness.epoch() + "); put that one back, or delete '" + files.lock()
                            + "' to resume from this one");
        }
        if (file.epoch() < witness.epoch()) {
            throw older(files, file.epoch(), witness.epoch(), " was sealed here");
        }
    }

    /** Refuses a file that is at {@code found} where {@code expected} was reached. */
    static ResumeRefusedException older(StateFiles files, long found, long expected, String reached) {
        return new ResumeRefusedException(
                Reason.OLDER_THAN_SEALED,
                cannotResume(files) + "it stands at epoch " + found + " and epoch " + expected + reached
                        + ", so it is a restored backup or a part of it is missing; put '" + files.database()
                        + "' and '" + files.log().getFileName() + "' of one moment back, or delete '" + files.lock()
                        + "' and '" + files.log().getFileName() + "' to go on from epoch " + found
                        + " and deliver the rows since then once more");
    }

    private static ResumeRefusedException otherPipeline(StateFiles files, Identity file) {
        return new ResumeRefusedException(
                Reason.OTHER_PIPELINE,
                cannotResume(files) + "it holds the state of pipeline '" + file.pipeline()
                        + "'; put the right file back, or rename the pipeline");
    }

    private static ResumeRefusedException missing(StateFiles files, Witness witness) {
        return new ResumeRefusedException(
                Reason.MISSING,
                cannotResume(files) + "it is gone, and epoch " + witness.epoch() + " was sealed in it; put it back"
                        + " together with '" + files.log().getFileName() + "', or delete '" + files.lock()
                        + "' to start anew and deliver all rows once more");
    }

    private static String cannotResume(StateFiles files) {
        return "Cannot resume pipeline '" + files.pipeline() + "' from '" + files.database() + "': ";
    }
}
