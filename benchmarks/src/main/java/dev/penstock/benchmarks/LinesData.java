package dev.penstock.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Orders as JSON lines, about 200 bytes each, and the pipelines that read them.
 *
 * @param input the file
 * @param megabytes its size in millions of bytes
 */
record LinesData(Path input, double megabytes) {
    private static final long FULL = 1_000_000_000;
    private static final String[] CITIES = {"Zürich", "Nairobi", "São Paulo", "Oslo", "Quito", "Perth", "Kraków"};

    /** Writes the file unless it is there. */
    static LinesData make(Workplace workplace) throws IOException {
        long bytes = workplace.scaled(FULL);
        Path input = workplace.data("lines").resolve("orders-" + bytes + ".ndjson");
        if (!Files.exists(input)) {
            Path unfinished = input.resolveSibling(input.getFileName() + ".unfinished");
            write(unfinished, bytes);
            Files.move(unfinished, input);
        }
        return new LinesData(input, Files.size(input) / 1e6);
    }

    private static void write(Path file, long bytes) throws IOException {
        Random random = new Random(20261121);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            long written = 0;
            for (long id = 0; written < bytes; id++) {
                byte[] line = line(id, random).getBytes(StandardCharsets.UTF_8);
                out.write(line);
                written += line.length;
            }
        }
    }

    private static String line(long id, Random random) {
        return String.format(
                Locale.ROOT,
                "{\"id\":%d,\"email\":\"customer%d@example.org\",\"name\":\"Customer %d\",\"city\":\"%s\",\"amount\":%.2f,"
                        + "\"quantity\":%d,\"paid\":%b,\"note\":\"order number %d, leave it at the door\"}%n",
                id,
                random.nextInt(1_000_000),
                random.nextInt(1_000_000),
                CITIES[random.nextInt(CITIES.length)],
                random.nextDouble() * 1000,
                random.nextInt(20),
                random.nextBoolean(),
                id);
    }

    /** A run of the product from nothing, with a new output directory and new state. */
    Contender ours(Workplace workplace, String name, String interval) throws IOException {
        Path directory = workplace.data("lines").resolve(name);
        Files.createDirectories(directory);
        Path pipeline = directory.resolve("pipeline.yaml");
        String checkpoint = interval.equals("none") ? "none" : "{ interval: " + interval + ", state: ./state }";
        Files.writeString(pipeline, """
                pipeline: lines
                checkpoint: %s
                source:
                  connector: files
                  path: %s
                  format: ndjson
                  columns: { id: int64, email: string, name: string, city: string, amount: float64, quantity: int32, paid: boolean, note: string }
                transforms:
                  - filter: "quantity >= 10"
                  - mask: { fields: [email], method: hash, salt: benchmark }
                  - mask: { fields: [name], method: redact }
                sink: { connector: files, path: ./out, format: ndjson }
                """.formatted(checkpoint, input));
        String script = "rm -rf '%1$s/out' '%1$s/state' && exec '%2$s' run '%3$s'"
                .formatted(directory, workplace.penstock(), pipeline);
        return new Contender(name, List.of("sh", "-c", script), megabytes);
    }
}
