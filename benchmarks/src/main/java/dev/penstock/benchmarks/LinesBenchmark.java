package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file of JSON lines, masked and filtered into another: exactly once at 1 s, beside a loop without checkpoints. */
final class LinesBenchmark implements Benchmark {
    @Override
    public String name() {
        return "lines";
    }

    @Override
    public String unit() {
        return "MB/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        LinesData data = LinesData.make(workplace);
        Path output = workplace.data(name()).resolve("by-hand.ndjson");
        return List.of(
                data.ours(workplace, Contender.OURS, "1s"),
                Contender.java(
                        Contender.CEILING,
                        LinesHandLoop.class,
                        data.megabytes(),
                        List.of("-Xmx256m", "-XX:+UseSerialGC"),
                        data.input(),
                        output));
    }
}
