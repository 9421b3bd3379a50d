package dev.penstock.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as anybody runs it, with fewer changes. */
class ShopIT {
    private static final long LONGEST_MINUTES = 8;

    @TempDir
    private Path output;

    @Test
    void keepsTheLakehouseAndTheSearchEqualToTheDatabaseThoughAPipelineIsKilled() throws Exception {
        Path log = output.resolve("run.log");
        Process run = new ProcessBuilder(
                        Path.of("run").toAbsolutePath().toString(),
                        "--changes",
                        "300",
                        "--output",
                        output.resolve("shop").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(run.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            run.destroy();
        }
        String said = Files.readString(log);
        assertThat(run.exitValue()).as(said).isZero();
        assertThat(said)
                .contains("killing shop-lake with SIGKILL")
                .containsPattern("Iceberg shop.customers = shop.customers +[1-9][0-9,]* rows +equal")
                .containsPattern("Iceberg shop.orders = shop.orders +[1-9][0-9,]* rows +equal")
                .containsPattern("LanceDB products = shop.products +6 rows +equal");
    }
}
