package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where benchmarks find the product and leave their data.
 *
 * @param root of the repository
 * @param rounds how often each contender runs
 * @param scale 1 for the published size; smaller for a quick look
 * @param cores where contenders run
 */
record Workplace(Path root, int rounds, double scale, Cores cores) {
    /** A directory for the data of {@code benchmark}; data that is there already may be used again. */
    Path data(String benchmark) throws IOException {
        return Files.createDirectories(root.resolve("benchmarks/target/data").resolve(benchmark));
    }

    /** Where real documents lie, if they are there. */
    Path documents() {
        return root.resolve("../shared/data").normalize();
    }

    /** The command of the product. */
    Path penstock() {
        return root.resolve("penstock");
    }

    /** The command that runs a pipeline file. */
    List<String> run(Path pipeline) {
        return List.of(penstock().toString(), "run", pipeline.toString());
    }

    /** {@code full} scaled down for a quick look. */
    long scaled(long full) {
        return Math.max(1, Math.round(full * scale));
    }
}
