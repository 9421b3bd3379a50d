package dev.penstock.conformance.process;

import dev.penstock.conformance.engine.TestedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** The process that is killed: runs the pipeline that a file describes. */
public final class Child {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Child() {}

    /**
     * Waits for a line with the name of a file that describes a pipeline, and runs it.
     *
     * @param arguments the name of the engine, and the classes of the connectors: what can be loaded meanwhile
     */
    public static void main(String[] arguments) throws Exception {
        Markers markers = new Markers(System.out, System.in);
        loadAhead(arguments);
        ChildJob job = ChildJob.readFrom(Path.of(markers.awaitLine()));
        markers.print(Markers.STARTED, job.name());
        try {
            TestedEngine.Running running = engine(job.engine()).start(job.engineJob(new Tripwire(job.trip(), markers)));
            boolean ended = running.await(LONGEST);
            running.close();
            markers.print(ended ? Markers.DONE : Markers.FAILED, job.name());
        } catch (RuntimeException e) {
            e.printStackTrace();
            markers.print(Markers.FAILED, e.getClass().getName() + " " + e.getMessage());
        }
        // A connector that leaves a thread behind must not keep the process alive: LC-03 is about that.
        Runtime.getRuntime().halt(0);
    }

    /** What cannot be loaded is for the pipeline to find out, once there is one. */
    private static void loadAhead(String[] arguments) {
        try {
            engine(arguments[0]);
            for (String connector : List.of(arguments).subList(1, arguments.length)) {
                ChildJob.connector(connector).descriptor();
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // See above.
        }
    }

    private static TestedEngine engine(String name) {
        return ServiceLoader.load(TestedEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot run on engine '" + name + "': there is none"));
    }
}
