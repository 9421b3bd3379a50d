package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which cores a contender may use. Without further words that is all of them: a worker then also has those that nobody
 * else needs, for its readers, its compiler and its collector, and two workers on two cores win little. Where each
 * worker brings one core of its own with it, the ratio of two to one says how the work scales.
 *
 * @param aWorker the cores to give out, one a worker; none if all contenders may use all
 */
record Cores(List<Integer> aWorker) {
    private static final String ALLOWED = "Cpus_allowed_list:";

    Cores {
        aWorker = List.copyOf(aWorker);
    }

    /** Every contender may use all. */
    static Cores all() {
        return new Cores(List.of());
    }

    /** A core a worker, of those that this process may use; needs Linux and {@code taskset}. */
    static Cores oneAWorker() throws IOException {
        boolean canPin = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
        if (!canPin) {
            throw new IllegalArgumentException(
                    "Cannot give each worker a core: there is no 'taskset'; install util-linux, or leave --pin out");
        }
        String allowed = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(ALLOWED))
                .findFirst()
                .orElseThrow(() -> new IOException("Cannot read /proc/self/status: it has no " + ALLOWED));
        return new Cores(numbers(allowed.substring(ALLOWED.length()).strip()));
    }

    /** The numbers in a list such as {@code 0-3,8}. */
    private static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", 2);
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            IntStream.rangeClosed(first, last).forEach(numbers::add);
        }
        return numbers;
    }

    boolean areShared() {
        return aWorker.isEmpty();
    }

    /** The command of {@code contender}, on the cores that it may use. */
    List<String> command(Contender contender) {
        if (areShared()) {
            return contender.command();
        }
        if (contender.workers() > aWorker.size()) {
            throw new IllegalArgumentException(
                    "Cannot give each worker of '" + contender.name() + "' a core: there are " + contender.workers()
                            + " workers and " + aWorker.size() + " cores; leave --pin out");
        }
        String cores =
                aWorker.stream().limit(contender.workers()).map(String::valueOf).collect(Collectors.joining(","));
        return Stream.concat(Stream.of("taskset", "-c", cores), contender.command().stream())
                .toList();
    }
}
