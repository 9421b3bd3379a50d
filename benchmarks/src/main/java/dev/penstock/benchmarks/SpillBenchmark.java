package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Ten million keys, of which a heap of 512 MiB holds a few: each is counted once, and one in ten again. */
final class SpillBenchmark implements Benchmark {
    private static final long KEYS = 10_000_000;

    @Override
    public String name() {
        return "spill";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        long keys = workplace.scaled(KEYS);
        Path state = workplace.data(name()).resolve("state");
        List<String> heap = List.of("-Xmx512m", "-XX:+UseSerialGC");
        return List.of(Contender.java(Contender.OURS, Ours.class, keys + keys / 10.0, heap, state, keys));
    }

    /** Runs the flow in this JVM. */
    static final class Ours {
        private Ours() {}

        public static void main(String[] arguments) throws IOException {
            Path state = Path.of(arguments[0]);
            int keys = Integer.parseInt(arguments[1]);
            ResumeData.delete(state);
            KeptCounts counts = new KeptCounts(keys);
            Measured measured = Measured.start();
            counts.run(state, keys + keys / 10);
            measured.print(keys + keys / 10);
            counts.expect(keys + 2L * (keys / 10));
        }
    }
}
