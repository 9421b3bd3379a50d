package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens what was written with the LanceDB package for Python, where it is installed; set {@code PENSTOCK_PYTHON} to an
 * interpreter that has it.
 */
final class PythonIT {
    private static final Schema SCHEMA = Schema.of(
            Field.required("id", DataType.INT64),
            Field.of("text", DataType.STRING),
            Field.of("vector", DataType.vector(2)));

    @TempDir
    Path directory;

    private record Answer(int code, String output) {}

    private Answer python(String program) throws IOException, InterruptedException {
        Path log = directory.resolve("python.log");
        String interpreter = System.getenv().getOrDefault("PENSTOCK_PYTHON", "python3");
        try {
            Process process = new ProcessBuilder(
                            interpreter, "-c", program, directory.resolve("db").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Answer(
                    process.waitFor(),
                    Files.readString(log, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return new Answer(-1, e.toString());
        }
    }

    @Test
    void opensInPythonAndTakesItsChanges() throws Exception {
        Assumptions.assumeTrue(
                python("import lancedb").code() == 0,
                "no Python with the package lancedb here; install it with pip and set PENSTOCK_PYTHON to run this");
        Incarnation.Builder upsert = Incarnation.in(directory, SCHEMA).mode(WriteMode.upsert(List.of("id")));
        try (Incarnation run = upsert.set("full-text-index", "text").start()) {
            run.write(
                    1,
                    new BatchBuilder(SCHEMA)
                            .append(1L, "one", new float[] {1, 0})
                            .append(2L, "two", new float[] {0, 1})
                            .build());
            run.write(
                    2,
                    new BatchBuilder(SCHEMA)
                            .append(2L, "deux", new float[] {0, 2})
                            .build());
        }
        Answer answer = python("""
                import lancedb, sys
                db = lancedb.connect(sys.argv[1])
                table = db.open_table("docs")
                print(table.count_rows(), table.search([0.0, 1.0]).metric("cosine").limit(1).to_list()[0]["text"])
                table.add([{"id": 3, "text": "three", "vector": [1.0, 1.0]}])
                table.update(where="id = 1", values={"text": "uno"})
                table.optimize()
                """);
        assertThat(answer).isEqualTo(new Answer(0, "2 deux"));
        try (Incarnation run = upsert.run("run2", 2).restored(2).start()) {
            run.write(
                    3,
                    new BatchBuilder(SCHEMA)
                            .append(3L, "trois", new float[] {1, 1})
                            .build());
        }
        assertThat(TableReading.rows(directory))
                .extracting(row -> row.get("id") + " " + row.get("text"))
                .containsExactlyInAnyOrder("1 uno", "2 deux", "3 trois");
    }
}
