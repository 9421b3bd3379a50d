package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A dataflow with one and two workers, beside Flink, Bytewax and, where there is one, a loop written by hand. */
record FlowBenchmark(FlowWork work) implements Benchmark {
    static final List<String> MEMORY = List.of("-Xms3g", "-Xmx3g", "-XX:+UseParallelGC");
    static final List<String> FLINK = List.of(
            "-Xms3g",
            "-Xmx3g",
            "-XX:+UseParallelGC",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    /** Peers that are slower take fewer events: what is compared is events a second. */
    private static final double OF_FLINK = 0.25;

    private static final double OF_BYTEWAX = 0.02;
    /** It looks at every live key whenever it is woken, so that many windows take it longer than anybody waits. */
    private static final double OF_BYTEWAX_WITH_MANY_WINDOWS = 0.001;

    @Override
    public String name() {
        return work.text();
    }

    @Override
    public String unit() {
        return "events/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        Path state = workplace.data(name());
        long events = work.rounded(workplace.scale() * work.events());
        long flinkEvents = work.rounded(OF_FLINK * workplace.scale() * work.events());
        List<Contender> contenders = new ArrayList<>();
        contenders.add(java("ours", FlowOurs.class, MEMORY, events, 1, state.resolve("ours")));
        contenders.add(java("ours" + Contender.TWO, FlowOurs.class, MEMORY, events, 2, state.resolve("ours-2")));
        if (FlowHandLoop.has(work)) {
            contenders.add(Contender.java(Contender.CEILING, FlowHandLoop.class, events, MEMORY, work.text(), events));
        }
        contenders.add(java("flink", FlowFlink.class, FLINK, flinkEvents, 1, state.resolve("flink")));
        contenders.add(java("flink" + Contender.TWO, FlowFlink.class, FLINK, flinkEvents, 2, state.resolve("flink-2")));
        Optional<Path> bytewax = Bytewax.installed(workplace);
        if (bytewax.isPresent()) {
            long share = work.rounded(ofBytewax() * workplace.scale() * work.events());
            contenders.addAll(Bytewax.contenders(workplace, bytewax.get(), work.text(), share));
        }
        return contenders;
    }

    private double ofBytewax() {
        return work == FlowWork.WINDOWS_1000000 || work == FlowWork.SESSIONS
                ? OF_BYTEWAX_WITH_MANY_WINDOWS
                : OF_BYTEWAX;
    }

    private Contender java(String name, Class<?> main, List<String> options, long events, int workers, Path state) {
        return Contender.java(name, main, events, options, work.text(), events, workers, state);
    }
}
