package dev.penstock.conformance.process;

import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.numbered.NumberedConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.WriteMode;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a process is to run, as its file says it.
 *
 * @param engine the name of the engine
 * @param name of the pipeline
 * @param source where rows come from
 * @param sink where they go
 * @param mode how they are written
 * @param writers how many there are
 * @param epochMillis how long an epoch is
 * @param state the directory of the recovery state
 * @param trip where the process ends
 */
record ChildJob(
        String engine,
        String name,
        Step source,
        Step sink,
        Mode mode,
        int writers,
        long epochMillis,
        String state,
        Trip trip)
        implements Serializable {
    static ChildJob of(String engine, EngineJob job, Trip trip) {
        return new ChildJob(
                engine,
                job.name(),
                Step.of(job.source()),
                Step.of(job.sink()),
                Mode.of(job.mode()),
                job.writers(),
                job.epoch().toMillis(),
                job.state().toString(),
                trip);
    }

    void writeTo(Path file) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(this);
        }
    }

    static ChildJob readFrom(Path file) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            return (ChildJob) in.readObject();
        }
    }

    /** What processes have in common that load about the same classes: the engine, and which end is tested. */
    String kind() {
        boolean sink = source.connector().equals(NumberedConnector.class.getName());
        return engine + (sink ? " sink" : " source");
    }

    /** A connector, by the name of its class. */
    static Connector connector(String type) throws ReflectiveOperationException {
        return Class.forName(type).asSubclass(Connector.class).getConstructor().newInstance();
    }

    /** The job with its connectors wrapped, so that they trip over {@code wire}. */
    EngineJob engineJob(Tripwire wire) throws ReflectiveOperationException {
        return new EngineJob(
                name,
                source.engineStep(wire),
                sink.engineStep(wire),
                mode.writeMode(),
                writers,
                Duration.ofMillis(epochMillis),
                Path.of(state));
    }

    /**
     * A step.
     *
     * @param connector the name of a public class with a public constructor without parameters
     * @param settings as in a pipeline file
     */
    record Step(String connector, HashMap<String, Object> settings) implements Serializable {
        static Step of(EngineJob.Step step) {
            return new Step(step.connector().getClass().getName(), new HashMap<>(step.settings()));
        }

        private EngineJob.Step engineStep(Tripwire wire) throws ReflectiveOperationException {
            return new EngineJob.Step(new TrippedConnector(ChildJob.connector(connector), wire), Map.copyOf(settings));
        }
    }

    /**
     * A {@link WriteMode}.
     *
     * @param kind append or upsert
     * @param key what tells rows apart
     * @param deleteBy what deletes go by
     */
    record Mode(WriteMode.Kind kind, ArrayList<String> key, ArrayList<String> deleteBy) implements Serializable {
        static Mode of(WriteMode mode) {
            return new Mode(mode.kind(), new ArrayList<>(mode.key()), new ArrayList<>(mode.deleteBy()));
        }

        private WriteMode writeMode() {
            return new WriteMode(kind, List.copyOf(key), List.copyOf(deleteBy));
        }
    }

    /**
     * Where a process ends.
     *
     * @param point where; {@code occurrence} 0 is nowhere
     * @param occurrence how often the point has to be passed, from 1
     * @param action what happens there
     * @param micros how long after it
     */
    record Trip(CrashPoint point, int occurrence, Action action, long micros) implements Serializable {
        static final Trip NONE = new Trip(CrashPoint.AFTER_WRITE, 0, Action.HALT, 0);

        static Trip halt(CrashPoint point, int occurrence) {
            return new Trip(point, occurrence, Action.HALT, 0);
        }

        static Trip ask(CrashPoint point, int occurrence) {
            return new Trip(point, occurrence, Action.ASK, 0);
        }
    }

    /** What happens at a point. */
    enum Action {
        /** The process ends. */
        HALT,
        /** The process asks, and waits for an answer. */
        ASK
    }
}
