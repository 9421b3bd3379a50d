package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a pipeline file holds, its author is told what is wrong with it. */
final class PipelineFuzzTest {
    private static final long SEED = 20261121;
    private static final int ROUNDS = 10_000;
    private static final String PIPELINE = """
            pipeline: docs-search
            guarantee: at-least-once
            checkpoint: { interval: 10s, state: ./state }
            runtime: { workers: 2, batch-bytes: 1MiB }
            source: &in
              connector: store
              path: "${DIR:-./docs}"
              format: { type: csv, delimiter: ";" }
              columns: { id: int64, name: string }
              any: [1, 2.5, true, "", { a: b }]
            transforms:
              - chunk: { field: text, max-tokens: 200 }
              - filter: "size(text) > 3"
                name: long-ones
              - rename: { a: b }
            sinks:
              - connector: table
                uri: ./docs.lancedb
                mode: upsert
                key: [id]
              - { connector: store, path: out, format: ndjson, when: "id > 1", password: secret://env/X }
            errors: { policy: dead-letter, sink: { connector: store, path: dead, format: json } }
            """;
    private static final List<String> PIECES = List.of(
            "&a ",
            "*a",
            "*in",
            "!!int ",
            "!x ",
            "|\n  ",
            ">-\n",
            "- ",
            "? ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "'",
            "\"",
            "#",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "\t",
            "\n",
            "${",
            "${X}",
            "$${",
            "}",
            "~",
            "null",
            "<<: ",
            "0x",
            "1e999",
            "\u0000",
            "\ud800",
            "\u2028",
            "\ufeff",
            ", ",
            "connector",
            "sink",
            "source: ",
            "transforms: ",
            "999999999999999999999",
            "\r");

    @Test
    void throwsNothingButPipelineExceptions() {
        assertThat(Pipelines.problems(PIPELINE)).isEmpty();
        Random random = new Random(SEED);
        int planned = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutated(random);
            try {
                planned +=
                        Pipelines.planned(Pipelines.file(text, Map.of())).plan().isPresent() ? 1 : 0;
            } catch (PipelineException e) {
                assertThat(e.problems()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + SEED + ", round " + round + ":\n" + text, e);
            }
        }
        assertThat(planned).as("pipelines that are still right").isPositive();
    }

    @Test
    void throwsNothingButPipelineExceptionsForOverrides() {
        Random random = new Random(SEED);
        List<String> paths = List.of(
                "source",
                "sources.0",
                "sinks.1.path",
                "transforms.0.chunk",
                "transforms.9",
                "a.b",
                "..",
                "sink.",
                "errors.sink",
                "checkpoint.interval",
                "source.any.3",
                "source.any.4.a.b");
        for (int round = 0; round < ROUNDS / 10; round++) {
            String override = paths.get(random.nextInt(paths.size())) + "=" + PIECES.get(random.nextInt(PIECES.size()))
                    + PIECES.get(random.nextInt(PIECES.size()));
            try {
                Pipelines.planned(Pipelines.file(PIPELINE, override));
            } catch (PipelineException e) {
                assertThat(e.problems()).isNotEmpty();
            } catch (RuntimeException e) {
                fail("seed " + SEED + ", round " + round + ": " + override, e);
            }
        }
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(PIPELINE);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.replace(at, to, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
                default -> text.setCharAt(at, (char) random.nextInt(0x180));
            }
        }
        return text.toString();
    }
}
