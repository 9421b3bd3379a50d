package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.io.LocalFileIO;
import dev.penstock.connector.iceberg.store.TableFiles;
import dev.penstock.spi.config.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.auth.OAuth2Properties;

/**
 * Opens the catalog that settings name.
 *
 * @param settings what is asked for
 * @param baseDirectory where relative directories start
 */
record Catalogs(TableSettings.CatalogSettings settings, Path baseDirectory) {
    private static final String SQLITE = "jdbc:sqlite:";

    /** The catalog; makes the database's tables for it if {@code create}. */
    Catalog open(boolean create) {
        return switch (settings.kind()) {
            case JDBC -> jdbc(create);
            case REST -> rest();
        };
    }

    static void close(Catalog catalog) {
        if (catalog instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot close the catalog", e);
            }
        }
    }

    /** Whether there is a catalog already; making one is not for those that only ask. */
    boolean exists() {
        return settings.kind() == TableSettings.Kind.REST || database().holdsCatalog();
    }

    JdbcDatabase database() {
        return new JdbcDatabase(
                uri(),
                settings.credentials().user(),
                settings.credentials().password().map(Secret::reveal));
    }

    private Catalog jdbc(boolean create) {
        JdbcDatabase.loadDrivers();
        Map<String, String> all = properties();
        probeStore();
        all.put(CatalogProperties.URI, uri());
        if (create) {
            all.put("jdbc.schema-version", "V1");
            database().makeDirectory();
        }
        settings.credentials().user().ifPresent(user -> all.put("jdbc.user", user));
        settings.credentials().password().ifPresent(password -> all.put("jdbc.password", password.reveal()));
        JdbcCatalog catalog = new JdbcCatalog(null, null, create);
        catalog.initialize(settings.name(), all);
        return catalog;
    }

    private Catalog rest() {
        Map<String, String> all = properties();
        all.put(CatalogProperties.URI, uri());
        TableSettings.Credentials credentials = settings.credentials();
        credentials.token().ifPresent(token -> all.put(OAuth2Properties.TOKEN, token.reveal()));
        credentials.credential().ifPresent(pair -> all.put(OAuth2Properties.CREDENTIAL, pair.reveal()));
        credentials.oauth().ifPresent(uri -> all.put(OAuth2Properties.OAUTH2_SERVER_URI, uri));
        credentials.scope().ifPresent(scope -> all.put(OAuth2Properties.SCOPE, scope));
        all.put("rest-metrics-reporting-enabled", "false");
        RESTCatalog catalog = new RESTCatalog();
        try {
            catalog.initialize(settings.name(), all);
        } catch (RuntimeException e) {
            close(catalog);
            throw e;
        }
        return catalog;
    }

    private Map<String, String> properties() {
        Map<String, String> all = new TreeMap<>(TableFiles.properties(settings.s3()));
        all.putAll(settings.properties());
        all.putIfAbsent(CatalogProperties.FILE_IO_IMPL, TableFiles.class.getName());
        warehouse().ifPresent(warehouse -> all.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse));
        return all;
    }

    /** Asks the store first: Iceberg tries for minutes to read a table where that is refused. */
    void probeStore() {
        if (settings.kind() == TableSettings.Kind.JDBC) {
            warehouse().filter(TableFiles::isInBucket).ifPresent(location -> {
                try (TableFiles files = new TableFiles()) {
                    files.initialize(properties());
                    files.probe(location);
                }
            });
        }
    }

    /** Where tables are kept, as Iceberg writes it. */
    Optional<String> warehouse() {
        return settings.warehouse()
                .map(written -> settings.kind() == TableSettings.Kind.REST || written.contains(":/")
                        ? written
                        : "file://"
                                + baseDirectory
                                        .resolve(written)
                                        .toAbsolutePath()
                                        .normalize());
    }

    private String uri() {
        return settings.uri()
                .orElseGet(() -> SQLITE
                        + LocalFileIO.path(warehouse().orElseThrow()).resolve("catalog.db")
                        + "?journal_mode=WAL&busy_timeout=30000");
    }

    /** Of the directory of a warehouse on this machine, what is there already of its path. */
    Optional<Path> existingDirectory() {
        return warehouse().filter(location -> location.startsWith("file:")).map(location -> {
            Path existing = LocalFileIO.path(location);
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            return existing;
        });
    }
}
