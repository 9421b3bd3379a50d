package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Bytewax, a Python package: installed below {@code benchmarks/target} once, by the pip of {@code python3}. */
final class Bytewax {
    static final String VERSION = "0.21.1";

    private static final List<String> COUNTS = List.of("", Contender.TWO);

    private Bytewax() {}

    /** Where it is installed; nothing, and a line that says so, where it cannot be. */
    static Optional<Path> installed(Workplace workplace) throws IOException, InterruptedException {
        return PythonPackage.installed(workplace, "bytewax", VERSION);
    }

    /**
     * {@code work} in one process, and in two, as threads of Python take turns.
     *
     * @param work the name of a dataflow, or a file of measurements
     * @param units how many events, or bytes of the file
     */
    static List<Contender> contenders(Workplace workplace, Path target, String work, long units) throws IOException {
        Path script = workplace.root().resolve("benchmarks/src/main/python/flows.py");
        Path directory = workplace.data("bytewax").resolve(Path.of(work).getFileName());
        return COUNTS.stream()
                .map(count -> new Contender(
                        "bytewax" + count,
                        List.of(
                                "env",
                                "PYTHONPATH=" + target,
                                "python3",
                                script.toString(),
                                work,
                                String.valueOf(units),
                                count.isEmpty() ? "1" : "2",
                                directory.toString()),
                        units))
                .toList();
    }
}
