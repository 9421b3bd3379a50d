package dev.penstock.dataflow;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Connectors that have settings and nothing else, for tests of what happens before anything is opened. */
record TestConnector(ConnectorDescriptor descriptor) implements Connector {
    @Override
    public Source source(Config config) {
        return new Unopened();
    }

    @Override
    public Sink sink(Config config) {
        return new Unopened();
    }

    @Override
    public Transform transform(Config config) {
        if (config.find(PICK).filter(pick -> !pick.equals("right")).isPresent()) {
            throw new ConfigException("", Problem.Code.INVALID, "is wrong", "write 'right'");
        }
        return new Unopened();
    }

    /** Fails as soon as anybody wants more of it than to close it. */
    private static final class Unopened implements Source, Sink, Transform {
        @Override
        public void open(ConnectorContext context) {
            throw new AssertionError("opened");
        }

        @Override
        public void provision() {
            throw new AssertionError("provisioned");
        }

        @Override
        public void deprovision() {
            throw new AssertionError("deprovisioned");
        }

        @Override
        public Schema schema() {
            throw new AssertionError("asked for columns");
        }

        @Override
        public Discovery discover(Duration maxWait) {
            throw new AssertionError("asked for partitions");
        }

        @Override
        public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
            throw new AssertionError("read");
        }

        @Override
        public SinkPlan plan(Schema input, WriteMode mode) {
            throw new AssertionError("planned");
        }

        @Override
        public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
            throw new AssertionError("written");
        }

        @Override
        public Schema output(Schema input) {
            return input;
        }

        @Override
        public TransformResult apply(RecordBatch input) {
            throw new AssertionError("applied");
        }

        @Override
        public void close() {}
    }

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

    static final Connector STORE = of("store", Map.of(Role.SOURCE, FILES, Role.SINK, FILES), Capability.REPLAYABLE, Capability.AT_LEAST_ONCE);
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

    static final Connector BARE = of("bare", Map.of(Role.TRANSFORM, ConfigSpec.of(ConfigKey.bool("flag", "Or not"))));
    static final Connector NULL = of("null", Map.of(Role.SINK, ConfigSpec.of()));
    static final ConfigKey<String> PICK = ConfigKey.string("pick", "Only right will do");
    static final Connector PICKY = of("picky", Map.of(Role.TRANSFORM, ConfigSpec.single(PICK)));

    static final ConnectorCatalog CATALOG = ConnectorCatalog.of(
            List.of(STORE, TABLE, VAULT, FIRE, FILTER, RENAME, CHUNK, DECODE, ENCODE, BARE, NULL, PICKY));

    private static Connector of(String name, Map<Role, ConfigSpec> specs, Capability... capabilities) {
        return new TestConnector(
                new ConnectorDescriptor(name, "1.0.0", "A " + name, specs, Set.copyOf(Stream.of(capabilities).toList())));
    }
}
