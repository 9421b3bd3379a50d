package dev.penstock.conformance.process;

import dev.penstock.conformance.engine.TestedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;

/** The process that is killed: runs the pipeline that a file describes. */
public final class Child {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Child() {}

    /** Runs; the first argument names the file. */
    public static void main(String[] arguments) throws Exception {
        ChildJob job = ChildJob.readFrom(Path.of(arguments[0]));
        Markers markers = new Markers(System.out, System.in);
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

    private static TestedEngine engine(String name) {
        return ServiceLoader.load(TestedEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot run on engine '" + name + "': there is none"));
    }
}
