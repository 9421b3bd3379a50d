package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.connector.iceberg.store.TableFiles;
import dev.penstock.local.LocalIcebergCatalog;
import dev.penstock.local.LocalS3;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables whose files are in a bucket of a real service, with both kinds of catalogs. */
class BucketTest {
    private static final Map<String, Object> S3 = new HashMap<>(Map.of(
            "s3-path-style", true,
            "s3-credentials", "static",
            "s3-access-key", "local",
            "s3-secret-key", "local"));

    private static LocalS3 s3;
    private static LocalIcebergCatalog rest;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        s3 = LocalS3.start("local", "local");
        s3.createBucket("lake");
        S3.put("s3-endpoint", s3.endpoint());
        rest = LocalIcebergCatalog.start(s3, "lake");
    }

    @AfterAll
    static void stop() {
        rest.close();
        s3.close();
    }

    private Map<String, Object> settings(TableSettings.Kind kind) {
        Map<String, Object> all = new HashMap<>(S3);
        all.put("table", "shop.orders_" + kind.name().toLowerCase(Locale.ROOT));
        if (kind == TableSettings.Kind.REST) {
            all.put("catalog", "rest");
            all.put("uri", rest.uri());
            all.remove("warehouse");
        } else {
            all.put("warehouse", "s3://lake/by-jdbc");
            all.put("uri", database());
        }
        return all;
    }

    private String database() {
        return "jdbc:sqlite:" + directory.resolve("catalog.db") + "?busy_timeout=30000";
    }

    private TestSink sink(Map<String, Object> settings, int generation, long restoredEpoch) {
        return TestSink.start(directory, settings, TestSink.SCHEMA, generation, restoredEpoch);
    }

    private static String text(Map<String, Object> settings, String name) {
        return String.valueOf(settings.get(name));
    }

    private Catalog catalog(Map<String, Object> settings) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "uri",
                text(settings, "uri"),
                "rest-metrics-reporting-enabled",
                "false",
                "io-impl",
                TableFiles.class.getName(),
                TableFiles.ENDPOINT,
                s3.endpoint(),
                TableFiles.PATH_STYLE,
                "true",
                TableFiles.ACCESS_KEY,
                "local",
                TableFiles.SECRET_KEY,
                "local"));
        boolean isRest = settings.containsKey("catalog");
        if (!isRest) {
            properties.put("warehouse", "s3://lake/by-jdbc");
        }
        Catalog catalog = isRest ? new RESTCatalog() : new JdbcCatalog(null, null, false);
        catalog.initialize("penstock", properties);
        return catalog;
    }

    /** The ids in the table, and the names of all data files in the bucket that are its. */
    private record Found(List<Long> ids, List<String> files) {}

    private Found found(Map<String, Object> settings) {
        Catalog catalog = catalog(settings);
        try {
            Table table = catalog.loadTable(TableIdentifier.parse(text(settings, "table")));
            assertThat(table.location()).startsWith("s3://lake/");
            List<Long> ids = new ArrayList<>();
            try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
                rows.forEach(row -> ids.add((Long) row.getField("id")));
            }
            List<String> files = new ArrayList<>();
            for (FileInfo file : ((TableFiles) table.io()).listPrefix(table.location() + "/data/")) {
                files.add(file.location());
            }
            return new Found(ids.stream().sorted().toList(), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Catalogs.close(catalog);
        }
    }

    @ParameterizedTest
    @EnumSource(TableSettings.Kind.class)
    void commitsOnceWhatWasPreparedByAnIncarnationThatIsGone(TableSettings.Kind kind) {
        Map<String, Object> settings = settings(kind);
        // Each batch is a file of its own, so that there are files of an epoch that is not prepared.
        settings.put("target-file-size", "1");
        TestSink gone = sink(settings, 1, -1);
        List<Prepared> handles = gone.prepared(1, 2);
        gone.writeUnprepared(TestSink.rows(3));

        try (TestSink next = sink(settings, 2, 1)) {
            assertThat(next.commit(handles)).isEqualTo(Outcome.COMMITTED);
            assertThat(next.commit(next.prepared(4))).isEqualTo(Outcome.COMMITTED);
        }
        Found found = found(settings);
        assertThat(found.ids()).containsExactly(1L, 2L, 4L);
        assertThat(found.files()).as("no file of the epoch that was lost").hasSize(2);

        try (TestSink third = sink(settings, 3, 2)) {
            assertThat(third.commit(handles)).isEqualTo(Outcome.ALREADY_COMMITTED);
        }
        assertThat(found(settings).ids()).containsExactly(1L, 2L, 4L);
    }

    @ParameterizedTest
    @EnumSource(TableSettings.Kind.class)
    void saysWhatIsWrongWithTheKeyOfTheBucket(TableSettings.Kind kind) {
        Map<String, Object> settings = settings(kind);
        sink(settings, 1, -1).close();
        settings.put("s3-secret-key", "wrong");

        assertThatThrownBy(() -> {
                    try (TestSink sink = sink(settings, 2, 1)) {
                        sink.prepared(1);
                    }
                })
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("SignatureDoesNotMatch")
                .hasMessageContaining("correct 's3-secret-key'");
    }

    @Test
    void findsOutAboutTheBucketBeforeThePipelineStarts() {
        Map<String, Object> settings = settings(TableSettings.Kind.JDBC);
        settings.put("warehouse", "s3://ocean/shop");
        Config config = SinkSettings.spec().parse(settings).orThrow();

        List<Problem> problems =
                new IcebergConnector().check(Role.SINK, config, new KitContext("orders", "iceberg", 1, directory));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Problem.Code.NOT_FOUND);
            assertThat(problem.toString()).contains("s3://ocean/shop", "create the bucket or correct 'warehouse'");
        });
    }

    @Test
    void wantsToKnowWhereTheDatabaseIsIfTheWarehouseIsABucket() {
        Config config = SinkSettings.spec()
                .parse(Map.of("warehouse", "s3://lake/shop", "table", "shop.orders"))
                .orThrow();
        assertThatThrownBy(() -> SinkSettings.of(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a database cannot be in a bucket");
    }
}
