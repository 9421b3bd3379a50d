package dev.penstock.benchmarks;

import java.io.IOException;
import java.util.List;

/** What epochs cost: the work of {@link LinesBenchmark} with short ones, usual ones and none. */
final class EpochsBenchmark implements Benchmark {
    @Override
    public String name() {
        return "epochs";
    }

    @Override
    public String unit() {
        return "MB/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        LinesData data = LinesData.make(workplace);
        return List.of(
                data.ours(workplace, Contender.OURS, "1s"),
                data.ours(workplace, "every-100ms", "100ms"),
                data.ours(workplace, "none", "none"));
    }
}
