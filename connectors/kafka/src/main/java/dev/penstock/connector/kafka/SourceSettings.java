package dev.penstock.connector.kafka;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What a pipeline says about the topics it reads. */
record SourceSettings(
        ConnectionSettings connection,
        Topics topics,
        Start start,
        boolean follow,
        Read read,
        WhenLost whenLost,
        Tombstones tombstones,
        List<Metadata> metadata,
        Optional<String> group,
        Fetching fetching) {
    /** Which topics. */
    record Topics(List<String> names, Optional<Pattern> pattern) {}

    /** Where partitions are begun that were there at the first start. */
    record Start(At at, Optional<Instant> timestamp, Map<String, Long> offsets) {}

    /** How records are fetched ahead of need. */
    record Fetching(long prefetchBytes, int consumers) {}

    /** Where reading begins. */
    enum At {
        /** At the oldest record there is. */
        EARLIEST,
        /** At what is written from the first start on. */
        LATEST,
        /** At the first record written at a time or later. */
        TIMESTAMP,
        /** At given offsets. */
        OFFSETS
    }

    /** What of transactions is read. */
    enum Read {
        /** Only what is committed. */
        COMMITTED,
        /** Also what may be aborted later. */
        UNCOMMITTED
    }

    /** What to do when the position to go on from is not there any more. */
    enum WhenLost {
        /** Stop, and let a person decide. */
        ERROR,
        /** Go on at the oldest record there is. */
        EARLIEST,
        /** Go on at what is written from then on. */
        LATEST
    }

    /** What records without a value are. */
    enum Tombstones {
        /** Deletes of what their key names. */
        DELETE,
        /** Nothing: they are passed over. */
        IGNORE
    }

    /** What is known of a record besides its value, each a column of its own. */
    enum Metadata {
        KEY,
        HEADERS,
        TIMESTAMP,
        TOPIC,
        PARTITION,
        OFFSET
    }

    private static final String READING = "reading";

    static final ConfigKey<List<String>> TOPICS = ConfigKey.strings("topics", "The topics whose records are read")
            .example("orders")
            .formerly("topic");
    static final ConfigKey<String> TOPIC_PATTERN = ConfigKey.string(
                    "topic-pattern",
                    "A regular expression that the whole name of a topic must match; new ones are found while running")
            .example("orders-.*");
    static final ConfigKey<At> START = ConfigKey.choice(
                    "start",
                    At.class,
                    "Where partitions begin that are there at the first start; later ones begin at their start")
            .defaultValue(At.EARLIEST)
            .in(READING);
    static final ConfigKey<String> START_TIMESTAMP = ConfigKey.string(
                    "start-timestamp", "For start timestamp: the time, in ISO 8601 with a zone")
            .example("2026-01-31T00:00:00Z")
            .in(READING);
    static final ConfigKey<Map<String, String>> START_OFFSETS = ConfigKey.stringMap(
                    "start-offsets",
                    "For start offsets: offsets by topic-partition; partitions left out begin at the earliest")
            .in(READING);
    static final ConfigKey<Boolean> FOLLOW = ConfigKey.bool(
                    "follow", "Whether to go on until stopped, rather than end at what was last when reading began")
            .defaultValue(true)
            .in(READING);
    static final ConfigKey<Read> READ = ConfigKey.choice(
                    "read", Read.class, "Whether rows of transactions are read only once they are committed")
            .defaultValue(Read.COMMITTED)
            .in(READING);
    static final ConfigKey<WhenLost> WHEN_LOST = ConfigKey.choice(
                    "when-lost",
                    WhenLost.class,
                    "What to do if the position to go on from was deleted, or its topic was created anew")
            .defaultValue(WhenLost.ERROR)
            .in(READING);
    static final ConfigKey<Tombstones> TOMBSTONES = ConfigKey.choice(
                    "tombstones", Tombstones.class, "What records without a value are: deletes, or nothing")
            .defaultValue(Tombstones.DELETE)
            .in(READING);
    static final ConfigKey<List<String>> METADATA = ConfigKey.strings(
                    "metadata", "Columns to add, named kafka_ and: key, headers, timestamp, topic, partition, offset")
            .defaultValue("")
            .example("key, timestamp")
            .in(READING);
    static final ConfigKey<String> GROUP = ConfigKey.string(
                    "group",
                    "A consumer group whose offsets are set to what is durable, for tools that show lag; none if not"
                            + " given")
            .example("shop-loader")
            .in(READING);
    static final ConfigKey<Long> PREFETCH = ConfigKey.size(
                    "prefetch", "The most bytes of records that are fetched ahead, for all partitions together")
            .defaultValue("2MiB")
            .min(64 * 1024)
            .advancedOnly()
            .in(READING);
    static final ConfigKey<Integer> CONSUMERS = ConfigKey.integer(
                    "consumers",
                    "The number of consumers, each with a thread and connections, that share the partitions")
            .defaultValue(1)
            .min(1)
            .max(64)
            .advancedOnly()
            .in(READING);

    static final ConfigSpec SPEC = ConnectionSettings.rules(ConfigSpec.builder()
                    .keys(ConnectionSettings.behind(
                            TOPICS,
                            TOPIC_PATTERN,
                            START,
                            START_TIMESTAMP,
                            START_OFFSETS,
                            FOLLOW,
                            READ,
                            WHEN_LOST,
                            TOMBSTONES,
                            METADATA,
                            GROUP,
                            PREFETCH,
                            CONSUMERS))
                    .oneOf(TOPICS, TOPIC_PATTERN)
                    .whenRequire(START, At.TIMESTAMP, START_TIMESTAMP)
                    .whenRequire(START, At.OFFSETS, START_OFFSETS)
                    .whenForbid(START, At.EARLIEST, START_TIMESTAMP, START_OFFSETS)
                    .whenForbid(START, At.LATEST, START_TIMESTAMP, START_OFFSETS))
            .build();

    static Set<String> clientNames() {
        Set<String> names = new TreeSet<>(ConsumerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    static SourceSettings of(Config config) {
        ConnectionSettings connection = ConnectionSettings.of(config);
        List<Problem> problems = new ArrayList<>(ClientProperties.problems(connection, clientNames()));
        SourceSettings settings = new SourceSettings(
                connection,
                new Topics(config.find(TOPICS).orElse(List.of()), pattern(config, problems)),
                start(config, problems),
                config.get(FOLLOW),
                config.get(READ),
                config.get(WHEN_LOST),
                config.get(TOMBSTONES),
                ConfigType.oneOf(Metadata.class).parseEach(config.get(METADATA), METADATA.name(), problems),
                config.find(GROUP),
                new Fetching(config.get(PREFETCH), config.get(CONSUMERS)));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return settings;
    }

    private static Optional<Pattern> pattern(Config config, List<Problem> problems) {
        try {
            return config.find(TOPIC_PATTERN).map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            problems.add(Problem.error(
                    TOPIC_PATTERN.name(), Problem.Code.INVALID, e.getDescription(), "write a regular expression"));
            return Optional.empty();
        }
    }

    private static Start start(Config config, List<Problem> problems) {
        At at = config.get(START);
        return new Start(at, timestamp(config, problems), offsets(config, problems));
    }

    private static Optional<Instant> timestamp(Config config, List<Problem> problems) {
        try {
            return config.find(START_TIMESTAMP)
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            problems.add(Problem.error(
                    START_TIMESTAMP.name(),
                    Problem.Code.INVALID,
                    "is not a time with a zone",
                    "write it as 2026-01-31T00:00:00Z"));
            return Optional.empty();
        }
    }

    private static Map<String, Long> offsets(Config config, List<Problem> problems) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        config.find(START_OFFSETS).orElse(Map.of()).forEach((partition, text) -> {
            boolean isNumber = text.matches("\\d{1,18}");
            if (isNumber && partition.matches(".+-\\d+")) {
                offsets.put(partition, Long.parseLong(text));
            } else {
                problems.add(Problem.error(
                        START_OFFSETS.name() + "." + partition,
                        Problem.Code.INVALID,
                        "is not the offset of a partition",
                        "write for example orders-0: 1200"));
            }
        });
        return offsets;
    }
}
