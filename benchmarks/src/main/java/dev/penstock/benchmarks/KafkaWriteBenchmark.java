package dev.penstock.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Lines of a file into a topic, exactly once at 1 s, beside the idempotent producer, which promises less. */
final class KafkaWriteBenchmark implements Benchmark {
    private static final long ROWS = 1_000_000;
    private static final String OUT = "lines";

    @Override
    public String name() {
        return "files-kafka";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        long rows = workplace.scaled(ROWS);
        Path directory = workplace.data(name());
        Path whole = file(directory, rows);
        Path warm = file(directory, Math.max(1, rows / 4));
        String address = KafkaData.broker().bootstrapServers();
        KafkaData.createForgetful(OUT);
        Path pipeline = directory.resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: write
                checkpoint: { interval: 1s, state: ./state }
                source: { connector: files, path: %s }
                sink: { connector: kafka, bootstrap-servers: "%s", topic: %s, spool: ./spool }
                """.formatted(whole, address, OUT));
        return List.of(
                Contender.java(
                        Contender.OURS,
                        KafkaOurs.class,
                        rows,
                        KafkaData.ours(),
                        pipeline,
                        rows,
                        rows,
                        "source.path=" + warm),
                Contender.java(
                        Contender.CEILING,
                        KafkaRawProducer.class,
                        rows,
                        KafkaData.ours(),
                        address,
                        OUT,
                        whole,
                        rows,
                        warm));
    }

    private static Path file(Path directory, long rows) throws IOException {
        Path file = directory.resolve("orders-" + rows + ".ndjson");
        if (!Files.exists(file)) {
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Random random = new Random(20261121);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
                for (long id = 0; id < rows; id++) {
                    out.write(KafkaData.order(id, random));
                    out.write('\n');
                }
            }
            Files.move(unfinished, file);
        }
        return file;
    }
}
