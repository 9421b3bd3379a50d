package dev.penstock.examples.debezium;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.LocalDebezium;
import dev.penstock.local.LocalKafka;
import dev.penstock.local.LocalPostgres;
import dev.penstock.local.LocalRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A PostgreSQL whose tables are filled, then changed, while four connectors of Debezium write what happens to a Kafka:
 * {@code plain} without schemas, with everything besides changes switched on; {@code typed} with schemas; {@code other}
 * with schemas and other forms of values; {@code avro} in Avro, with the schemas in a registry.
 */
final class ChangedDatabase implements AutoCloseable {
    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final LocalRegistry registry;
    private final LocalDebezium debezium;
    private final Path lines;

    private ChangedDatabase(
            LocalPostgres postgres, LocalKafka kafka, LocalRegistry registry, LocalDebezium debezium, Path lines) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.registry = registry;
        this.debezium = debezium;
        this.lines = lines;
    }

    /** Hands the one database to all tests. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ChangedDatabase.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(ChangedDatabase.class, type -> start(), ChangedDatabase.class);
        }
    }

    private static ChangedDatabase start() {
        try {
            return changed();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("Cannot change a database", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot change a database: interrupted", e);
        }
    }

    private static ChangedDatabase changed() throws SQLException, IOException, InterruptedException {
        LocalPostgres postgres = LocalPostgres.start();
        LocalKafka kafka = LocalKafka.start();
        LocalRegistry registry = LocalRegistry.start();
        Path lines = kafka.directory().resolve("lines");
        run(postgres, "tables.sql");
        Map<String, Map<String, String>> connectors = new LinkedHashMap<>();
        connectors.put("plain", plain(postgres));
        connectors.put("typed", LocalDebezium.connector(postgres, "typed"));
        connectors.put("other", other(postgres));
        connectors.put("avro", avro(postgres, registry));
        connectors.put("lines", lines(lines));
        ChangedDatabase database =
                new ChangedDatabase(postgres, kafka, registry, LocalDebezium.start(kafka, connectors), lines);
        database.debezium.awaitStreaming();
        run(postgres, "changes.sql");
        return database;
    }

    private static Map<String, String> plain(LocalPostgres postgres) {
        Map<String, String> properties = LocalDebezium.connector(postgres, "plain");
        for (String side : List.of("key", "value")) {
            properties.put(side + ".converter", "org.apache.kafka.connect.json.JsonConverter");
            properties.put(side + ".converter.schemas.enable", "false");
        }
        properties.put("provide.transaction.metadata", "true");
        properties.put("skipped.operations", "none");
        properties.put("heartbeat.interval.ms", "200");
        return properties;
    }

    private static Map<String, String> other(LocalPostgres postgres) {
        Map<String, String> properties = LocalDebezium.connector(postgres, "other");
        properties.put("table.include.list", "public.kinds");
        properties.put("decimal.handling.mode", "string");
        properties.put("time.precision.mode", "isostring");
        properties.put("binary.handling.mode", "hex");
        properties.put("interval.handling.mode", "string");
        properties.put("hstore.handling.mode", "map");
        return properties;
    }

    private static Map<String, String> avro(LocalPostgres postgres, LocalRegistry registry) {
        Map<String, String> properties = LocalDebezium.connector(postgres, "avro");
        properties.putAll(LocalDebezium.avro(registry));
        return properties;
    }

    /** A consumer of others: Kafka Connect unwraps the events of the topic {@code copy} by a transform of Debezium. */
    private static Map<String, String> lines(Path lines) {
        Map<String, String> properties = LocalDebezium.lines("copy", lines);
        properties.put("transforms", "unwrap");
        properties.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
        properties.put("transforms.unwrap.delete.tombstone.handling.mode", "rewrite");
        properties.put("transforms.unwrap.add.fields", "op,source.ts_ms,table");
        return properties;
    }

    private static void run(LocalPostgres postgres, String script) throws SQLException, IOException {
        try (InputStream text = ChangedDatabase.class.getResourceAsStream("/" + script);
                Connection connection = DriverManager.getConnection(postgres.url());
                Statement statement = connection.createStatement()) {
            for (String sql :
                    new String(requireNonNull(text, script).readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
                statement.execute(sql);
            }
        }
    }

    /** What the consumer of others has written, a line for each record. */
    Path lines() {
        return lines;
    }

    /** Where the schemas of the connector {@code avro} are. */
    String registry() {
        return registry.url();
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The table of orders as it is, by key. */
    Map<Object, List<@Nullable Object>> orders() throws SQLException {
        Map<Object, List<@Nullable Object>> table = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(postgres.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, customer, amount, placed, paid FROM orders")) {
            while (rows.next()) {
                OffsetDateTime placed = rows.getObject("placed", OffsetDateTime.class);
                table.put(
                        rows.getLong("id"),
                        Arrays.asList(
                                rows.getLong("id"),
                                rows.getString("customer"),
                                rows.getBigDecimal("amount"),
                                placed == null ? null : placed.toInstant(),
                                rows.getObject("paid")));
            }
        }
        return table;
    }

    @Override
    public void close() {
        debezium.close();
        registry.close();
        kafka.close();
        postgres.close();
    }
}
