package dev.penstock.connector.kafka;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What a pipeline says about the topics it writes. */
record SinkSettings(
        ConnectionSettings connection,
        Columns columns,
        Delivery delivery,
        boolean createTopic,
        Path spool,
        Optional<String> commitTopic,
        Duration transactionTimeout,
        Compression compression) {
    /**
     * Where the parts of a record come from.
     *
     * @param topic of all rows, if it is not in a column
     * @param key the one column that is the key
     * @param keyObject the columns that are the key together
     */
    record Columns(
            Optional<String> topic,
            Optional<String> topicColumn,
            Optional<String> key,
            List<String> keyObject,
            Optional<String> headers,
            Optional<String> timestamp,
            Optional<String> partition) {}

    /** What is promised. */
    enum Delivery {
        /** Rows become visible when their epoch is committed, each once. */
        EXACTLY_ONCE,
        /** Rows become visible at once, and some twice after a crash. */
        AT_LEAST_ONCE
    }

    /** How batches of records are packed. */
    enum Compression {
        NONE,
        GZIP,
        SNAPPY,
        LZ4,
        ZSTD;

        String kafkaName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String RECORD = "record";
    private static final String DELIVERING = "delivery";
    private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    static final ConfigKey<String> TOPIC =
            ConfigKey.string("topic", "The topic that all rows are written to").example("orders-clean");
    static final ConfigKey<String> TOPIC_COLUMN =
            ConfigKey.column("topic-column", "The column of strings that names the topic of each row");
    static final ConfigKey<String> KEY_COLUMN = ConfigKey.column(
                    "key-column", "The column whose value is the key: bytes as they are, everything else as text")
            .example("order_id")
            .in(RECORD);
    static final ConfigKey<List<String>> KEY_COLUMNS = ConfigKey.columns(
                    "key-columns", "The columns whose values are the key together, as a JSON object with these fields")
            .example("shop, order_id")
            .in(RECORD);
    static final ConfigKey<String> HEADERS_COLUMN = ConfigKey.column(
                    "headers-column", "The column of headers: a list of structs with the fields key and value")
            .example("kafka_headers")
            .in(RECORD);
    static final ConfigKey<String> TIMESTAMP_COLUMN = ConfigKey.column(
                    "timestamp-column",
                    "The column with the timestamp of each record; the time of writing if not given")
            .in(RECORD);
    static final ConfigKey<String> PARTITION_COLUMN = ConfigKey.column(
                    "partition-column",
                    "The column with the number of the partition; the hash of the key decides if not given")
            .in(RECORD);
    static final ConfigKey<Delivery> DELIVERY = ConfigKey.choice(
                    "delivery",
                    Delivery.class,
                    "Whether rows become visible at each commit exactly once, or at once and maybe twice")
            .defaultValue(Delivery.EXACTLY_ONCE)
            .in(DELIVERING);
    static final ConfigKey<Boolean> CREATE_TOPIC = ConfigKey.bool(
                    "create-topic", "Whether the topic is created, with the defaults of the broker, if it is missing")
            .defaultValue(true);
    static final ConfigKey<Path> SPOOL = ConfigKey.path(
                    "spool",
                    "A directory that keeps rows from the end of their epoch to their commit; as durable as the state")
            .defaultValue(".penstock/kafka")
            .in(DELIVERING);
    static final ConfigKey<String> COMMIT_TOPIC = ConfigKey.string(
                    "commit-topic",
                    "The compacted topic that tells which epochs are committed; penstock.PIPELINE.STEP if not given")
            .advancedOnly()
            .in(DELIVERING);
    static final ConfigKey<Duration> TRANSACTION_TIMEOUT = ConfigKey.duration(
                    "transaction-timeout",
                    "How long the commit of one epoch may take; not how long the pipeline may be down")
            .defaultValue("1m")
            .min(1000)
            .max(900_000)
            .advancedOnly()
            .in(DELIVERING);
    static final ConfigKey<Compression> COMPRESSION = ConfigKey.choice(
                    "compression", Compression.class, "How batches of records are packed")
            .defaultValue(Compression.NONE);

    static final ConfigSpec SPEC = ConnectionSettings.rules(ConfigSpec.builder()
                    .keys(ConnectionSettings.behind(
                            TOPIC,
                            TOPIC_COLUMN,
                            KEY_COLUMN,
                            KEY_COLUMNS,
                            HEADERS_COLUMN,
                            TIMESTAMP_COLUMN,
                            PARTITION_COLUMN,
                            DELIVERY,
                            CREATE_TOPIC,
                            SPOOL,
                            COMMIT_TOPIC,
                            TRANSACTION_TIMEOUT,
                            COMPRESSION))
                    .oneOf(TOPIC, TOPIC_COLUMN)
                    .exclusive(KEY_COLUMN, KEY_COLUMNS))
            .build();

    static Set<String> clientNames() {
        Set<String> names = new TreeSet<>(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    static SinkSettings of(Config config) {
        ConnectionSettings connection = ConnectionSettings.of(config);
        List<Problem> problems = new ArrayList<>(ClientProperties.problems(connection, clientNames()));
        checkTopic(TOPIC, config, problems);
        checkTopic(COMMIT_TOPIC, config, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new SinkSettings(
                connection,
                new Columns(
                        config.find(TOPIC),
                        config.find(TOPIC_COLUMN),
                        config.find(KEY_COLUMN),
                        config.find(KEY_COLUMNS).orElse(List.of()).stream()
                                .distinct()
                                .toList(),
                        config.find(HEADERS_COLUMN),
                        config.find(TIMESTAMP_COLUMN),
                        config.find(PARTITION_COLUMN)),
                config.get(DELIVERY),
                config.get(CREATE_TOPIC),
                config.get(SPOOL),
                config.find(COMMIT_TOPIC),
                config.get(TRANSACTION_TIMEOUT),
                config.get(COMPRESSION));
    }

    private static void checkTopic(ConfigKey<String> key, Config config, List<Problem> problems) {
        config.find(key)
                .filter(name -> !isTopic(name))
                .ifPresent(name -> problems.add(Problem.error(
                        key.name(),
                        Problem.Code.INVALID,
                        "'" + name + "' cannot be the name of a topic",
                        "use letters, digits, '.', '_' and '-', 249 at most")));
    }

    /** Whether brokers take {@code name} for a topic. */
    static boolean isTopic(String name) {
        return TOPIC_NAME.matcher(name).matches();
    }
}
