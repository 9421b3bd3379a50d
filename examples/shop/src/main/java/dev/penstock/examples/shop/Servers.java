package dev.penstock.examples.shop;

import dev.penstock.local.LocalIcebergCatalog;
import dev.penstock.local.LocalKafka;
import dev.penstock.local.LocalPostgres;
import dev.penstock.local.LocalS3;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A database, a broker, a bucket and a catalog, each a process of its own that ends with this one. */
record Servers(LocalPostgres postgres, LocalKafka kafka, LocalS3 s3, LocalIcebergCatalog catalog)
        implements AutoCloseable {
    private static final String BUCKET = "lake";
    static final String KEY = "local";
    static final String SALT = "a pinch of salt";

    static Servers start() {
        CompletableFuture<LocalPostgres> postgres = CompletableFuture.supplyAsync(LocalPostgres::start);
        CompletableFuture<LocalKafka> kafka = CompletableFuture.supplyAsync(LocalKafka::start);
        LocalS3 s3 = LocalS3.start(KEY, KEY);
        s3.createBucket(BUCKET);
        LocalIcebergCatalog catalog = LocalIcebergCatalog.start(s3, BUCKET);
        return new Servers(postgres.join(), kafka.join(), s3, catalog);
    }

    String postgresUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + postgres.database() + "?user="
                + postgres.user();
    }

    /** Where they are, for people. */
    Map<String, String> shown() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("PostgreSQL", "127.0.0.1:" + postgres.port());
        all.put("Kafka", kafka.bootstrapServers());
        all.put("S3", s3.endpoint() + ", bucket " + BUCKET);
        all.put("Iceberg catalog", catalog.uri());
        return all;
    }

    /** Where they are, for pipelines. */
    Map<String, String> environment(Path output) {
        return Map.of(
                "POSTGRES", "127.0.0.1:" + postgres.port(),
                "KAFKA", kafka.bootstrapServers(),
                "S3", s3.endpoint(),
                "S3_SECRET_KEY", KEY,
                "CATALOG", catalog.uri(),
                "MASK_SALT", SALT,
                "SHOP", output.toString());
    }

    @Override
    public void close() {
        catalog.close();
        s3.close();
        kafka.close();
        postgres.close();
    }
}
