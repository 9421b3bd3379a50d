package dev.penstock.examples.shop;

import dev.penstock.connector.iceberg.store.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;

/** The tables of the lakehouse, read by Iceberg's own reader. */
record Lake(Servers servers) {
    /** All rows of a table; none if there is no table yet. */
    List<String> rows(String table, Function<Record, String> shown) {
        try (RESTCatalog catalog = new RESTCatalog()) {
            catalog.initialize("shop", settings());
            List<String> found = new ArrayList<>();
            try (CloseableIterable<Record> rows = IcebergGenerics.read(
                            catalog.loadTable(TableIdentifier.of("shop", table)))
                    .build()) {
                rows.forEach(row -> found.add(shown.apply(row)));
            }
            return found;
        } catch (NoSuchTableException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings() {
        return Map.of(
                "uri",
                servers.catalog().uri(),
                "io-impl",
                TableFiles.class.getName(),
                "rest-metrics-reporting-enabled",
                "false",
                TableFiles.ENDPOINT,
                servers.s3().endpoint(),
                TableFiles.PATH_STYLE,
                "true",
                TableFiles.ACCESS_KEY,
                Servers.KEY,
                TableFiles.SECRET_KEY,
                Servers.KEY);
    }
}
