package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineBuilder;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that copies files, at random moments, each time with other workers; then lets it end. */
final class KilledCopyIT {
    private static final int FILES = 3;
    private static final int LINES = 40_000;
    private static final int BATCH = 100;
    private static final int MOST_LINES = 300;

    @TempDir
    private Path directory;

    @Test
    void copiesEveryLineOnceThoughItIsKilledAgainAndAgain() throws Exception {
        List<String> input = writeInput();
        KilledChild child = new KilledChild(Child.class, directory, MOST_LINES);
        child.runToItsEnd();

        // A message with all lines would help nobody.
        assertThat(child.written("out").equals(input))
                .as("each line once, %s", KilledChild.seed())
                .isTrue();
    }

    private List<String> writeInput() throws IOException {
        Path in = Files.createDirectories(directory.resolve("in"));
        List<String> all = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            int number = file;
            List<String> lines = IntStream.range(0, LINES)
                    .mapToObj(line -> "file " + number + " line " + line)
                    .toList();
            Files.write(in.resolve("part-" + file + ".txt"), lines);
            all.addAll(lines);
        }
        Collections.sort(all);
        return all;
    }

    /** The process that is killed. */
    static final class Child {
        private Child() {}

        /** Copies {@code in} to {@code out} below the directory given, with the number of workers given. */
        public static void main(String[] arguments) {
            EmbeddedEngine.of(plan(Path.of(arguments[0]), Integer.parseInt(arguments[1])))
                    .run();
        }

        private static Plan plan(Path directory, int workers) {
            return PipelineBuilder.named("copy")
                    .baseDirectory(directory)
                    .checkpoint(Duration.ofMillis(15), directory.resolve("state"))
                    .runtime(Map.of("workers", workers, "batch-rows", BATCH))
                    .source("files", Map.of("path", directory.resolve("in")))
                    .transform("tell", "batch")
                    .sink("files", Map.of("path", directory.resolve("out")))
                    .plan(ConnectorCatalog.load(Child.class.getClassLoader()));
        }
    }
}
