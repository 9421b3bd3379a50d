package dev.penstock.connector.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers that share no code with the writer read its files as they read those of Iceberg's own writer. They are
 * packages of Python; {@code PENSTOCK_PYTHON} names the interpreter that has them.
 */
class OtherReadersTest {
    private static final Schema COLUMNS = Schema.of(
            Field.of("truth", DataType.BOOLEAN),
            Field.of("small", DataType.INT16),
            Field.required("whole", DataType.INT64),
            Field.of("half", DataType.FLOAT32),
            Field.of("real", DataType.FLOAT64),
            Field.of("text", DataType.STRING),
            Field.of("bytes", DataType.BYTES),
            Field.of("day", DataType.DATE),
            Field.of("time", DataType.TIME),
            Field.of("moment", DataType.TIMESTAMP),
            Field.of("local", new DataType.Timestamp(DataType.Precision.MICROS, false)),
            Field.of("price", DataType.decimal(9, 2)),
            Field.of("sum", DataType.decimal(18, 4)),
            Field.of("total", DataType.decimal(38, 10)),
            Field.of("name", DataType.UUID),
            Field.of("vector", DataType.vector(3)),
            Field.of("tags", DataType.listOf(DataType.listOf(DataType.STRING))),
            Field.of("map", DataType.mapOf(DataType.STRING, DataType.INT64)),
            Field.of(
                    "struct",
                    DataType.struct(Field.of("x", DataType.INT32), Field.of("y", DataType.listOf(DataType.FLOAT64)))));
    private static final Map<String, String> SMALL =
            Map.of("write.parquet.page-size-bytes", "2000", "write.parquet.row-group-size-bytes", "60000");

    @TempDir
    Path directory;

    @Test
    void arrowReadsTheSameRows() throws Exception {
        same("pyarrow", """
                import pyarrow.parquet as pq, sys
                rows = [pq.read_table(file).to_pylist() for file in sys.argv[1:]]
                assert len(rows[0]) == 3000
                print(repr(rows[0]) == repr(rows[1]) == repr(rows[2]))
                """);
    }

    @Test
    void duckDbReadsTheSameRows() throws Exception {
        same("duckdb", """
                import duckdb, sys
                query = "select * replace (epoch_us(moment) as moment) from read_parquet('{}')"
                rows = [duckdb.sql(query.format(file)).fetchall() for file in sys.argv[1:]]
                assert len(rows[0]) == 3000
                print(repr(rows[0]) == repr(rows[1]) == repr(rows[2]))
                """);
    }

    private void same(String name, String program) throws Exception {
        Assumptions.assumeTrue(
                python("import " + name).isEmpty(),
                "no Python with the package " + name
                        + " here; install it with pip and set PENSTOCK_PYTHON to run this");
        org.apache.iceberg.Schema table = DataFileWriting.table(COLUMNS);
        RecordBatch batch = new RandomRows(5).batch(COLUMNS, 3000);
        Path first = local(DataFileWriting.write(table, SMALL, List.of(batch)), "first");
        Path second = local(
                DataFileWriting.write(table, Map.of("write.parquet.page-version", "v2"), List.of(batch)), "second");
        Path theirs = local(DataFileWriting.generic(table, Map.of(), GenericRows.of(table, batch)), "theirs");
        assertThat(python(program, first, second, theirs)).isEqualTo("True");
    }

    private Path local(DataFile file, String name) throws IOException {
        Path target = directory.resolve(name + ".parquet");
        try (InputStream stream = DataFileWriting.file(file).newStream()) {
            Files.copy(stream, target);
        }
        return target;
    }

    private String python(String program, Path... files) throws InterruptedException, IOException {
        Path log = directory.resolve("python.log");
        String interpreter = System.getenv().getOrDefault("PENSTOCK_PYTHON", "python3");
        List<String> command = new ArrayList<>(List.of(interpreter, "-c", program));
        for (Path file : files) {
            command.add(file.toString());
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return Files.readString(log, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
