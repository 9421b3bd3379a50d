package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** From the command line to a finished copy of two lines; beside a JVM that does nothing. */
final class StartBenchmark implements Benchmark {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public String unit() {
        return "s";
    }

    @Override
    public boolean measuresSeconds() {
        return true;
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        Path directory = workplace.data(name());
        Files.writeString(directory.resolve("in.txt"), "first\nsecond\n");
        Path pipeline = directory.resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: start
                checkpoint: { interval: 1s, state: ./state }
                source: { connector: files, path: in.txt }
                sink: { connector: files, path: ./out }
                """);
        String script = "rm -rf '%1$s/out' '%1$s/state' && exec '%2$s' run '%3$s'"
                .formatted(directory, workplace.penstock(), pipeline);
        return List.of(
                new Contender(Contender.OURS, List.of("sh", "-c", script), 1),
                Contender.java(Contender.CEILING, Nothing.class, 1, List.of("-Xshare:auto", "-XX:+UseSerialGC")));
    }

    /** What every JVM must do. */
    static final class Nothing {
        private Nothing() {}

        public static void main(String[] arguments) {}
    }
}
