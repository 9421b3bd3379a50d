package dev.penstock.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/** How long a barrier stops a worker that has a million live keys, of which one in a hundred changed in the epoch. */
final class SnapshotBenchmark implements Benchmark {
    private static final long KEYS = 1_000_000;

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public String unit() {
        return "pauses";
    }

    @Override
    public boolean measuresSeconds() {
        return true;
    }

    /** The pause that 99 of 100 do not exceed is what is promised; the others are for comparison. */
    @Override
    public List<Contender> prepare(Workplace workplace) {
        long keys = workplace.scaled(KEYS);
        return Stream.of("p99", "p50", "max")
                .map(rank -> Contender.java(
                        rank.equals("p99") ? Contender.OURS : rank,
                        SnapshotPauses.class,
                        1,
                        FlowBenchmark.MEMORY,
                        rank,
                        keys))
                .toList();
    }
}
