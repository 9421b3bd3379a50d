package dev.penstock.benchmarks;

import dev.penstock.examples.billion.MeasurementGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Least, mean and greatest temperature of each station in a file of a gigabyte.
 *
 * @param byRow whether each row is an item of its own, as in most flows; else blocks are, as in the example, and the
 *     function that takes them apart does nearly all of the work, whatever engine calls it
 */
record BillionBenchmark(boolean byRow) implements Benchmark {
    /** About a gigabyte of lines. */
    private static final long ROWS = 64_000_000;

    private static final double OF_FLINK_BY_ROW = 0.25;
    private static final double OF_BYTEWAX = 0.05;

    @Override
    public String name() {
        return byRow ? "billion-rows" : "billion";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        long rows = workplace.scaled(ROWS);
        Path file = data(workplace, rows);
        long flinkRows = byRow ? workplace.scaled(Math.round(OF_FLINK_BY_ROW * ROWS)) : rows;
        Path flinkFile = data(workplace, flinkRows);
        Path part = data(workplace, workplace.scaled(Math.round(OF_BYTEWAX * ROWS)));
        List<Contender> contenders = new ArrayList<>();
        contenders.add(ours("", file, part, rows, 1));
        contenders.add(ours(Contender.TWO, file, part, rows, 2));
        contenders.add(Contender.java(
                Contender.CEILING, BillionHandLoop.class, rows, FlowBenchmark.MEMORY, file, rows, byRow, part));
        contenders.add(flink("", flinkFile, part, flinkRows, 1));
        contenders.add(flink(Contender.TWO, flinkFile, part, flinkRows, 2));
        Optional<Path> bytewax = Bytewax.installed(workplace);
        if (bytewax.isPresent()) {
            String work = byRow ? "rows:" + part : part.toString();
            contenders.addAll(Bytewax.contenders(workplace, bytewax.get(), work, Files.size(part)));
        }
        return contenders;
    }

    private Contender ours(String count, Path file, Path warm, long rows, int workers) {
        return Contender.java(
                Contender.OURS + count,
                BillionOurs.class,
                rows,
                FlowBenchmark.MEMORY,
                file,
                rows,
                workers,
                byRow,
                warm);
    }

    private Contender flink(String count, Path file, Path warm, long rows, int workers) {
        return Contender.java(
                "flink" + count, BillionFlink.class, rows, FlowBenchmark.FLINK, file, rows, workers, byRow, warm);
    }

    private static Path data(Workplace workplace, long rows) throws IOException {
        Path file = workplace.data("billion").resolve(rows + ".txt");
        if (!Files.exists(file)) {
            MeasurementGenerator.main(new String[] {String.valueOf(rows), file.toString()});
        }
        return file;
    }
}
