package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * From the start of a pipeline with a million live keys to the row that one more event gives, and its last epoch;
 * beside the bare driver reading as many rows into a map.
 */
final class ResumeBenchmark implements Benchmark {
    private static final long KEYS = 1_000_000;

    @Override
    public String name() {
        return "resume";
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
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        int keys = (int) workplace.scaled(KEYS);
        Path state = workplace.data(name()).resolve("kept-" + keys);
        if (!Files.exists(state)) {
            ResumeData.make(state, keys);
        }
        List<String> heap = List.of("-Xmx512m", "-XX:+UseSerialGC");
        return List.of(
                Contender.java(Contender.OURS, ResumeOurs.class, keys, heap, state, keys),
                Contender.java(Contender.CEILING, ResumeDriver.class, keys, heap, state, keys));
    }

    /** Reads a table of keys with the bare driver. */
    static final class ResumeDriver {
        private ResumeDriver() {}

        public static void main(String[] arguments) throws SQLException {
            ResumeData.readWithDriver(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        }
    }
}
