package dev.penstock.benchmarks;

import dev.penstock.examples.billion.MeasurementGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Least, mean and greatest temperature of each station in a file of a gigabyte. */
final class BillionBenchmark implements Benchmark {
    /** About a gigabyte of lines. */
    private static final long ROWS = 64_000_000;

    private static final double OF_BYTEWAX = 0.05;

    @Override
    public String name() {
        return "billion";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        long rows = workplace.scaled(ROWS);
        Path file = data(workplace, rows);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(Contender.java(Contender.OURS, BillionOurs.class, rows, FlowBenchmark.MEMORY, file, rows, 1));
        contenders.add(Contender.java(
                Contender.OURS + Contender.TWO, BillionOurs.class, rows, FlowBenchmark.MEMORY, file, rows, 2));
        contenders.add(Contender.java(Contender.CEILING, BillionHandLoop.class, rows, FlowBenchmark.MEMORY, file));
        contenders.add(Contender.java("flink", BillionFlink.class, rows, FlowBenchmark.FLINK, file, 1));
        contenders.add(Contender.java("flink" + Contender.TWO, BillionFlink.class, rows, FlowBenchmark.FLINK, file, 2));
        Optional<Path> bytewax = Bytewax.installed(workplace);
        if (bytewax.isPresent()) {
            Path part = data(workplace, workplace.scaled(Math.round(OF_BYTEWAX * ROWS)));
            contenders.addAll(Bytewax.contenders(workplace, bytewax.get(), part.toString(), Files.size(part)));
        }
        return contenders;
    }

    private Path data(Workplace workplace, long rows) throws IOException {
        Path file = workplace.data(name()).resolve(rows + ".txt");
        if (!Files.exists(file)) {
            MeasurementGenerator.main(new String[] {String.valueOf(rows), file.toString()});
        }
        return file;
    }
}
