package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Real documents to chunks to vectors to a LanceDB table, beside the same without the table: what storing costs. */
final class DocsBenchmark implements Benchmark {
    @Override
    public String name() {
        return "docs";
    }

    @Override
    public String unit() {
        return "s";
    }

    @Override
    public boolean measuresSeconds() {
        return true;
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        Path documents = workplace.documents().resolve("iceberg-docs");
        if (!Files.isDirectory(documents)) {
            throw new IOException("Cannot run benchmark 'docs': there are no documents in " + documents);
        }
        return List.of(
                contender(workplace, documents, Contender.OURS, """
                        { connector: lancedb, uri: ./out, table: docs, mode: upsert, key: [chunk_id], delete-by: [path] }"""),
                contender(workplace, documents, "embed-only", "{ connector: \"null\" }"));
    }

    private Contender contender(Workplace workplace, Path documents, String name, String sink) throws IOException {
        Path directory = Files.createDirectories(workplace.data(name()).resolve(name));
        Path pipeline = directory.resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: docs
                checkpoint: { interval: 1s, state: ./state }
                source: { connector: files, path: %s, glob: "**/*.md", format: document }
                transforms:
                  - chunk: { field: text, max-tokens: 200, overlap: 32 }
                  - embed: { field: text, into: vector, model: all-minilm-l6-v2 }
                sink: %s
                """.formatted(documents, sink));
        String script = "rm -rf '%1$s/out' '%1$s/state' && exec '%2$s' run '%3$s'"
                .formatted(directory, workplace.penstock(), pipeline);
        return new Contender(name, List.of("sh", "-c", script), 1);
    }
}
