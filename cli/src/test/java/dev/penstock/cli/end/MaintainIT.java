package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upkeep of a table from the command line, as cron would do it. */
class MaintainIT {
    @TempDir
    Path directory;

    @BeforeEach
    void writePipeline() throws IOException {
        writeRows("first");
        Files.writeString(directory.resolve("pipeline.yaml"), """
                pipeline: orders
                checkpoint: { state: ./state }
                source:
                  connector: files
                  path: ./in
                  format: ndjson
                  columns: { id: string, value: int64 }
                sinks:
                  - connector: iceberg
                    warehouse: ./lake
                    table: shop.orders
                    partition-by: ['truncate(5, id)']
                """);
    }

    /** A file of rows for each of three partitions. */
    private void writeRows(String name) throws IOException {
        for (int i = 0; i < 3; i++) {
            Rows.write(directory.resolve("in/" + name + i), "row " + i + name, 3);
        }
    }

    private Distribution.Ended penstock(String... arguments) {
        return Distribution.run(directory, arguments);
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("lake/shop/orders/data"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    @Test
    void compactsExpiresAndFindsNothingMoreToDo() throws IOException {
        assertThat(penstock("run", "pipeline.yaml", "--quiet").exitCode()).isZero();
        writeRows("second");
        assertThat(penstock("run", "pipeline.yaml", "--quiet").exitCode()).isZero();
        assertThat(dataFiles()).hasSize(6);

        Distribution.Ended dry =
                penstock("maintain", "pipeline.yaml", "compact", "--min-input-files", "2", "--dry-run");
        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("iceberg: compact (dry run): would rewrite 6 files of ");
        assertThat(dataFiles()).hasSize(6);

        Distribution.Ended compact =
                penstock("maintain", "pipeline.yaml", "compact", "--min-input-files=2", "--json", "--quiet");
        assertThat(compact.exitCode()).as(compact.err()).isZero();
        assertThat(compact.out())
                .startsWith("{\"pipeline\":\"orders\",\"sink\":\"iceberg\",\"action\":\"compact\",\"dry_run\":false")
                .contains("\"changed\":true,\"finished\":true", "\"rewritten_files\":6,", "\"written_files\":3,");
        assertThat(compact.err()).isEmpty();

        Distribution.Ended expire = penstock("maintain", "pipeline.yaml", "expire", "--older-than", "0s");
        assertThat(expire.exitCode()).as(expire.err()).isZero();
        assertThat(expire.out()).contains("iceberg: expire: expired ", " snapshots, removed ");
        assertThat(dataFiles()).hasSize(3);

        Distribution.Ended orphans = penstock(
                "maintain",
                "--connector",
                "iceberg",
                "--set",
                "warehouse=./lake",
                "--set",
                "table=shop.orders",
                "orphans");
        assertThat(orphans.exitCode()).as(orphans.err()).isZero();
        assertThat(orphans.out()).startsWith("iceberg: orphans: nothing to do: ");
        assertThat(dataFiles()).hasSize(3);
    }

    @Test
    void teachesWhatCanBeDoneAndHow() {
        assertThat(penstock("maintain", "--help").out())
                .contains("Actions for what 'iceberg' has written:", "expire", "--retain-last", "--older-than");

        Distribution.Ended typo = penstock("maintain", "pipeline.yaml", "expire", "--older-then", "7d");
        assertThat(typo.exitCode()).isEqualTo(2);
        assertThat(typo.err()).contains("--older-then: is not a setting here; did you mean 'older-than'?");

        Distribution.Ended unknown = penstock("maintain", "pipeline.yaml", "compactt");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("Cannot do 'compactt'", "did you mean 'compact'?");

        Distribution.Ended missing = penstock("maintain", "pipeline.yaml", "compact");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("there is no table 'shop.orders'");
    }
}
