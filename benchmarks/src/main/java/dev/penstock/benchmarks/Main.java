package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code benchmarks/run [--rounds N] [--scale F] [--pin] [name ...]}: no name runs all, the first word of a family runs
 * the family; with {@code --pin} each worker of a contender has one core, and no other.
 */
public final class Main {
    private static final List<Benchmark> ALL = List.of(
            new EngineBenchmark(),
            new LinesBenchmark(),
            new EpochsBenchmark(),
            new EmbedBenchmark("all-minilm-l6-v2", 1),
            new EmbedBenchmark("all-minilm-l6-v2", 2),
            new EmbedBenchmark("all-minilm-l6-v2-q", 1),
            new EmbedBenchmark("all-minilm-l6-v2-q", 2),
            new DocsBenchmark(),
            new ResumeBenchmark(),
            new SpillBenchmark(),
            new StartBenchmark(),
            new FlowBenchmark(FlowWork.STATELESS),
            new FlowBenchmark(FlowWork.WINDOWS_1),
            new FlowBenchmark(FlowWork.WINDOWS_1000),
            new FlowBenchmark(FlowWork.WINDOWS_1000000),
            new FlowBenchmark(FlowWork.STATEFUL),
            new FlowBenchmark(FlowWork.SESSIONS),
            new FlowBenchmark(FlowWork.JOINS),
            new BillionBenchmark(false),
            new BillionBenchmark(true),
            new SnapshotBenchmark(),
            new IdleBenchmark(),
            new AvroBenchmark(),
            new ParquetWriteBenchmark(),
            new ParquetReadBenchmark(),
            new KafkaReadBenchmark(false),
            new KafkaReadBenchmark(true),
            new KafkaWriteBenchmark(),
            new KafkaCopyBenchmark(),
            new KafkaLatencyBenchmark(),
            new KafkaPartitionsBenchmark(),
            new KafkaIdle(),
            new PostgresStreamBenchmark(true),
            new PostgresStreamBenchmark(false),
            new PostgresSnapshotBenchmark(),
            new PostgresSinkBenchmark(false),
            new PostgresSinkBenchmark(true),
            new PostgresLatencyBenchmark());

    private Main() {}

    /** Runs the benchmarks named in {@code arguments}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = 5;
        double scale = 1;
        Cores cores = Cores.all();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--scale" -> scale = Double.parseDouble(arguments[++i]);
                case "--pin" -> cores = Cores.oneAWorker();
                case "--help" -> {
                    System.out.println("benchmarks/run [--rounds N] [--scale F] [--pin] [name ...]: "
                            + String.join(
                                    ", ", ALL.stream().map(Benchmark::name).toList()));
                    return;
                }
                default -> names.add(arguments[i]);
            }
        }
        Workplace workplace = new Workplace(Path.of("").toAbsolutePath(), rounds, scale, cores);
        for (Benchmark benchmark : chosen(names)) {
            run(benchmark, workplace);
        }
    }

    private static List<Benchmark> chosen(List<String> names) {
        for (String name : names) {
            if (ALL.stream().noneMatch(benchmark -> isMeant(name, benchmark))) {
                throw new IllegalArgumentException("Cannot run benchmark '" + name + "': there are "
                        + ALL.stream().map(Benchmark::name).toList());
            }
        }
        return ALL.stream()
                .filter(benchmark -> names.isEmpty() || names.stream().anyMatch(name -> isMeant(name, benchmark)))
                .toList();
    }

    /** {@code embed} means all benchmarks of that family. */
    private static boolean isMeant(String name, Benchmark benchmark) {
        return benchmark.name().equals(name) || benchmark.name().startsWith(name + "-");
    }

    private static void run(Benchmark benchmark, Workplace workplace) throws IOException, InterruptedException {
        List<Contender> contenders = benchmark.prepare(workplace);
        Map<String, List<Measurement>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= workplace.rounds(); round++) {
            for (Contender contender : contenders) {
                Measurement measured = ProcessWatch.run(contender, workplace.cores());
                runs.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(measured);
                System.err.printf(
                        "%s round %d %s: %.2f s, %.0f MiB%n",
                        benchmark.name(), round, contender.name(), measured.seconds(), measured.rssMib());
            }
        }
        Report report = new Report(benchmark, workplace.cores(), runs);
        System.out.println(report.table());
        System.out.println("written to " + report.write(workplace.root().resolve("benchmarks/results")));
    }
}
