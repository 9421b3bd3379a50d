package dev.penstock.format.interop;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineFile;
import dev.penstock.dataflow.Planner;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs pipelines as the command line does, from their files. */
final class Pipelines {
    private Pipelines() {}

    /** An engine for the pipeline in {@code text}, written into {@code directory}. */
    static EmbeddedEngine engine(Path directory, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("pipeline.yaml"), text);
        Plan plan = new Planner(ConnectorCatalog.load(Pipelines.class.getClassLoader()))
                .plan(PipelineFile.read(file, Map.of(), List.of()))
                .orThrow();
        return EmbeddedEngine.of(plan);
    }

    static void run(Path directory, String text) throws IOException {
        engine(directory, text).run();
    }

    /** The lines of all files below {@code directory}, in the order of their names. */
    static List<String> lines(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .flatMap(Pipelines::linesOf)
                    .toList();
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
