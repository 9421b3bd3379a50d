package dev.penstock.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The medians of a benchmark, as a table and as a file. */
final class Report {
    private final Benchmark benchmark;
    private final Cores cores;
    private final Map<String, List<Measurement>> runs;

    Report(Benchmark benchmark, Cores cores, Map<String, List<Measurement>> runs) {
        this.benchmark = benchmark;
        this.cores = cores;
        this.runs = runs;
    }

    /** The table for people. */
    String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%s, medians of %d rounds%s%n%-22s %16s %10s %10s %12s %14s %14s%n",
                benchmark.name(),
                runs.values().iterator().next().size(),
                cores.areShared() ? "" : ", one core a worker",
                "contender",
                benchmark.unit(),
                "seconds",
                "RSS MiB",
                "CPU seconds",
                "ours/contender",
                "by CPU time"));
        runs.forEach((name, measured) -> table.append(String.format(
                Locale.ROOT,
                "%-22s %,16.4f %10.4f %10.0f %12.2f %14.3f %14.3f%n",
                name,
                figure(measured),
                Measurement.median(measured, Measurement::seconds),
                Measurement.median(measured, Measurement::rssMib),
                Measurement.median(measured, Measurement::cpuSeconds),
                ratio(name),
                processorRatio(name))));
        scaling()
                .forEach((name, times) -> table.append(
                        String.format(Locale.ROOT, "%s: two workers do %.2f times the work of one%n", name, times)));
        return table.toString();
    }

    /** By contender with one worker and with two: how much more two do in a time, round by round. */
    private Map<String, Double> scaling() {
        Map<String, Double> scaling = new LinkedHashMap<>();
        if (!benchmark.measuresSeconds()) {
            runs.forEach((name, one) -> {
                List<Measurement> two = runs.getOrDefault(name + Contender.TWO, List.of());
                if (!two.isEmpty()) {
                    scaling.put(name, ratio(two, one, Measurement::perSecond));
                }
            });
        }
        return scaling;
    }

    private double figure(List<Measurement> measured) {
        return Measurement.median(
                measured, benchmark.measuresSeconds() ? Measurement::seconds : Measurement::perSecond);
    }

    /** Pair by pair, round by round: what holds when the speed of the machine drifts. */
    private double ratio(String name) {
        return ratio(name, benchmark.measuresSeconds() ? Measurement::seconds : Measurement::perSecond);
    }

    /** The same by processor time, which others on the machine change less than the time on the wall. */
    private double processorRatio(String name) {
        return ratio(name, benchmark.measuresSeconds() ? Measurement::cpuSeconds : Measurement::perCpuSecond);
    }

    private double ratio(String name, ToDoubleFunction<Measurement> figure) {
        List<Measurement> theirs = runs.getOrDefault(name, List.of());
        return ratio(runs.getOrDefault(comparedWith(name), theirs), theirs, figure);
    }

    private static double ratio(
            List<Measurement> ours, List<Measurement> theirs, ToDoubleFunction<Measurement> figure) {
        double[] ratios = new double[Math.min(ours.size(), theirs.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(ours.get(i)) / figure.applyAsDouble(theirs.get(i));
        }
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    /** Ours with as many workers; for ours with two, ours with one, the ratio being how much of two is lost. */
    private static String comparedWith(String name) {
        String oursWithTwo = Contender.OURS + Contender.TWO;
        return name.endsWith(Contender.TWO) && !name.equals(oursWithTwo) ? oursWithTwo : Contender.OURS;
    }

    /** Writes the figures for programs. */
    Path write(Path directory) throws IOException {
        Path file = Files.createDirectories(directory).resolve(benchmark.name() + ".json");
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json());
        return file;
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", benchmark.name());
        json.put("unit", benchmark.unit());
        Map<String, Double> figures = all(this::figure);
        figures.forEach((name, value) -> {
            if (name.equals(Contender.OURS) || name.equals(Contender.CEILING)) {
                json.put(name, value);
            }
        });
        Map<String, Double> peers = new LinkedHashMap<>(figures);
        peers.keySet().removeAll(List.of(Contender.OURS, Contender.CEILING));
        json.put("peers", peers);
        Map<String, Double> ratios = new LinkedHashMap<>();
        runs.keySet().stream()
                .filter(name -> !name.equals(Contender.OURS))
                .forEach(name -> ratios.put(name, ratio(name)));
        json.put("ratios", ratios);
        Map<String, Double> processorRatios = new LinkedHashMap<>();
        ratios.keySet().forEach(name -> processorRatios.put(name, processorRatio(name)));
        json.put("ratios_by_cpu", processorRatios);
        json.put("two_workers_over_one", scaling());
        json.put("one_core_a_worker", !cores.areShared());
        json.put("seconds", all(measured -> Measurement.median(measured, Measurement::seconds)));
        json.put("rss_mib", all(measured -> Measurement.median(measured, Measurement::rssMib)));
        json.put(
                "cpu_s_per_million",
                all(measured -> Measurement.median(measured, run -> run.cpuSeconds() / run.units() * 1e6)));
        json.put("rounds", runs.values().iterator().next().size());
        json.put("machine", Machine.description());
        json.put(
                "versions",
                Map.of("java", System.getProperty("java.version"), "flink", "2.3.0", "bytewax", Bytewax.VERSION));
        return json;
    }

    private Map<String, Double> all(ToDoubleFunction<List<Measurement>> figure) {
        Map<String, Double> values = new LinkedHashMap<>();
        runs.forEach((name, measured) -> values.put(name, figure.applyAsDouble(measured)));
        return values;
    }
}
