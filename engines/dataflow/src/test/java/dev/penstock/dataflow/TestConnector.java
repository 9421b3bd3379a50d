package dev.penstock.dataflow;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Connectors that have settings and nothing else, for tests of what happens before anything is opened. */
record TestConnector(ConnectorDescriptor descriptor) implements Connector {
    enum Framing {
        LINES,
        CSV,
        WHOLE,
        DOCUMENT
    }

    enum Type {
        NDJSON,
        JSON,
        CSV,
        TEXT
    }

    static final ConfigKey<Framing> FRAMING = ConfigKey.choice("framing", Framing.class, "How records are cut");
    private static final ConfigSpec FILES = ConfigSpec.builder()
            .keys(
                    ConfigKey.path("path", "Where").require().example("./in"),
                    ConfigKey.string("glob", "Which files"),
                    ConfigKey.integer("depth", "How deep").min(1).max(9).formerly("levels"),
                    ConfigKey.secret("password", "What opens it"),
                    ConfigKey.of("any", ConfigType.ANY, "Anything"),
                    FRAMING)
            .build();
    private static final ConfigKey<Map<String, String>> COLUMNS = ConfigKey.stringMap("columns", "Names to types");
    private static final ConfigKey<Type> FORMAT =
            ConfigKey.choice("format", Type.class, "How records are encoded").require();
    private static final ConfigKey<String> DELIMITER = ConfigKey.string("delimiter", "Between fields");

    static final Connector STORE = of("store", Map.of(Role.SOURCE, FILES, Role.SINK, FILES), Capability.REPLAYABLE);
    static final Connector TABLE = of(
            "table",
            Map.of(Role.SINK, ConfigSpec.of(ConfigKey.uri("uri", "Where").require(), ConfigKey.integer("size", "Big"))),
            Capability.UPSERT,
            Capability.AT_LEAST_ONCE);
    static final Connector VAULT = of(
            "vault",
            Map.of(Role.SINK, ConfigSpec.of(ConfigKey.secret("password", "What opens it"))),
            Capability.UPSERT,
            Capability.TRANSACTIONAL);
    static final Connector FIRE = of("fire", Map.of(Role.SOURCE, ConfigSpec.of(), Role.SINK, ConfigSpec.of()));
    static final Connector FILTER = of(
            "filter",
            Map.of(Role.TRANSFORM, ConfigSpec.single(ConfigKey.string("expression", "What is kept"))),
            Capability.DETERMINISTIC);
    static final Connector RENAME = of(
            "rename",
            Map.of(Role.TRANSFORM, ConfigSpec.single(ConfigKey.stringMap("columns", "Old to new"))),
            Capability.DETERMINISTIC);
    static final Connector CHUNK = of(
            "chunk",
            Map.of(
                    Role.TRANSFORM,
                    ConfigSpec.of(
                            ConfigKey.string("field", "Which").require(),
                            ConfigKey.integer("max-tokens", "Most").defaultValue(200))));
    static final Connector DECODE = of(
            "decode", Map.of(Role.TRANSFORM, ConfigSpec.of(FORMAT, COLUMNS, DELIMITER)), Capability.DETERMINISTIC);
    static final Connector ENCODE =
            of("encode", Map.of(Role.TRANSFORM, ConfigSpec.of(FORMAT, DELIMITER)), Capability.DETERMINISTIC);

    static final ConnectorCatalog CATALOG =
            ConnectorCatalog.of(List.of(STORE, TABLE, VAULT, FIRE, FILTER, RENAME, CHUNK, DECODE, ENCODE));

    private static Connector of(String name, Map<Role, ConfigSpec> specs, Capability... capabilities) {
        return new TestConnector(
                new ConnectorDescriptor(name, "1.0.0", "A " + name, specs, Set.copyOf(Stream.of(capabilities).toList())));
    }
}
