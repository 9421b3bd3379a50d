package dev.penstock.engine.embedded.store;

import static java.util.Objects.requireNonNull;

import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.engine.embedded.ResumeRefusedException.Reason;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The state of a pipeline for people who look after it: looking at it, and dropping it. Not thread safe. */
public final class PipelineState {
    private static final List<String> STEP_TABLES = List.of(
            "DELETE FROM position WHERE step = ?",
            "DELETE FROM handle WHERE sink = ?",
            "DELETE FROM writer WHERE sink = ?",
            "DELETE FROM keyed_block WHERE step = (SELECT number FROM step WHERE id = ?)",
            "DELETE FROM step WHERE id = ?");
    private static final List<String> ALL_TABLES = List.of(
            "DELETE FROM position",
            "DELETE FROM handle",
            "DELETE FROM writer",
            "DELETE FROM keyed_block",
            "DELETE FROM step",
            "DELETE FROM fact",
            "UPDATE pipeline SET run = '', epoch = -1, sealed = 0");

    private final StateFiles files;
    private final Duration leaseExpiry;
    private final InstantSource clock = InstantSource.system();

    private PipelineState(StateFiles files, Duration leaseExpiry) {
        this.files = files;
        this.leaseExpiry = leaseExpiry;
    }

    /** The state of {@code pipeline} in {@code stateDirectory}; nothing is opened or made yet. */
    public static PipelineState open(Path stateDirectory, String pipeline) {
        return open(stateDirectory, pipeline, SqliteRecoveryStore.LEASE_EXPIRY);
    }

    static PipelineState open(Path stateDirectory, String pipeline, Duration leaseExpiry) {
        return new PipelineState(
                new StateFiles(stateDirectory, requireNonNull(pipeline, "pipeline")),
                requireNonNull(leaseExpiry, "leaseExpiry"));
    }

    /** Whether there is any; {@link #show} of none tells of epoch -1 and no steps. */
    public boolean exists() {
        return Files.exists(files.database());
    }

    /**
     * What there is, also while the pipeline runs.
     *
     * @throws ResumeRefusedException if the file cannot be understood
     * @throws StateUnavailableException if it cannot be opened
     */
    public StateSummary show() {
        if (!exists()) {
            return new StateSummary(
                    files.pipeline(),
                    files.database(),
                    0,
                    -1,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of());
        }
        LogCheck.refuseOtherLog(files, HostLock.peek(files));
        try (Database database = Database.openToRead(files)) {
            return database.run("read", this::summary);
        }
    }

    private StateSummary summary(Database database) throws SQLException {
        StateReader reader = new StateReader(database);
        Lease lease = new Lease(files, database, clock, leaseExpiry);
        return new StateSummary(
                files.pipeline(),
                files.database(),
                size(files.database()) + size(files.log()),
                reader.epoch(),
                reader.sealedMillis().map(Instant::ofEpochMilli),
                lease.liveOwner(),
                reader.stepStates(clock.millis()),
                reader.pending());
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Drops the state of {@code step}, or all of it, so that the next run begins anew there. What a sink prepared and
     * has not committed is dropped with it.
     *
     * @throws StateInUseException while a live process owns the state
     * @throws ConfigException if {@code step} has no state, with the nearest one that has
     */
    public void reset(Optional<String> step) {
        try (HostLock lock = HostLock.acquire(files, Owner.current("reset"))) {
            if (step.isPresent()) {
                resetStep(step.get(), lock);
            } else {
                resetAll(lock);
            }
        }
    }

    private void resetStep(String step, HostLock lock) {
        if (!exists()) {
            Identity.check(files, Optional.empty(), lock.witness());
            throw noState(step, Set.of());
        }
        LogCheck.refuseOtherLog(files, lock.witness());
        try (Database database = Database.openOrCreate(files)) {
            Identity.check(files, database.run("read", Identity::read), lock.witness());
            Set<String> known = database.run("read", reader -> new StateReader(reader).steps(clock.millis()));
            if (!known.contains(step)) {
                throw noState(step, known);
            }
            owning(database, lock, writer -> {
                for (String delete : STEP_TABLES) {
                    writer.update(delete, step);
                }
                return true;
            });
        }
    }

    private ConfigException noState(String step, Set<String> known) {
        return new ConfigException(
                "step",
                Problem.Code.NOT_FOUND,
                "pipeline '" + files.pipeline() + "' has no state of a step '" + step + "'",
                known.isEmpty() ? "there is nothing to reset" : NearestName.hint(step, known));
    }

    private void resetAll(HostLock lock) {
        if (exists()) {
            try (Database database = Database.openOrCreate(files)) {
                Identity.checkPipeline(files, database.run("read", Identity::read));
                owning(database, lock, writer -> {
                    for (String statement : ALL_TABLES) {
                        writer.update(statement);
                    }
                    return true;
                });
            } catch (ResumeRefusedException e) {
                deleteDamaged(e);
            }
        }
        lock.witness().ifPresent(known -> lock.record(new Witness("", known.generation(), -1, -1, known.owner())));
    }

    private void deleteDamaged(ResumeRefusedException reason) {
        if (reason.reason() != Reason.DAMAGED) {
            throw reason;
        }
        for (Path file : files.all()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new Failures(files).of("delete damaged", file, e);
            }
        }
    }

    /** Does {@code work} in one transaction, as the owner of a lease that is given back afterwards. */
    private void owning(Database database, HostLock lock, Database.Work<Boolean> work) {
        Lease lease = new Lease(files, database, clock, leaseExpiry);
        long generation = lease.claim(
                Owner.current("reset"), lock.witness().map(Witness::generation).orElse(0L));
        database.write("reset", writer -> {
            lease.hold(writer, generation);
            return work.with(writer);
        });
        lease.release(generation);
        lock.witness()
                .ifPresent(known -> lock.record(
                        new Witness(known.store(), generation, known.epoch(), known.moved(), known.owner())));
    }
}
