package dev.penstock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts real catalogs, and talks to them without Iceberg. */
@Timeout(180)
class LocalIcebergCatalogTest {
    private static final String TABLE = """
            {"name": "orders", "schema": {"type": "struct", "schema-id": 0, "fields":
                [{"id": 1, "name": "id", "required": true, "type": "long"}]}}""";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void keepsTablesOfALocalDirectoryOverAKill() throws IOException, InterruptedException {
        Path warehouse;
        try (LocalIcebergCatalog catalog = LocalIcebergCatalog.start()) {
            warehouse = catalog.warehouse();
            createTable(catalog);
            assertThat(Files.isDirectory(warehouse)).isTrue();
            catalog.kill();
            catalog.restart();
            assertThat(get(catalog, "/v1/namespaces/shop/tables")).contains("orders");
        }
        assertThat(warehouse).doesNotExist();
    }

    @Test
    void keepsTablesInABucket() throws IOException, InterruptedException {
        try (LocalS3 s3 = LocalS3.start()) {
            s3.createBucket("lake");
            try (LocalIcebergCatalog catalog = LocalIcebergCatalog.start(s3, "lake")) {
                createTable(catalog);
                assertThat(get(catalog, "/v1/namespaces/shop/tables/orders"))
                        .contains("s3://lake/warehouse/shop/orders/metadata/");
            }
        }
    }

    private void createTable(LocalIcebergCatalog catalog) throws IOException, InterruptedException {
        post(catalog, "/v1/namespaces", "{\"namespace\": [\"shop\"]}");
        post(catalog, "/v1/namespaces/shop/tables", TABLE);
    }

    private void post(LocalIcebergCatalog catalog, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(catalog.uri() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()))
                .satisfies(response ->
                        assertThat(response.statusCode()).as(response.body()).isEqualTo(200));
    }

    private String get(LocalIcebergCatalog catalog, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(catalog.uri() + path)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
