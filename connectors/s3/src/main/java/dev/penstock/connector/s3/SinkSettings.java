package dev.penstock.connector.s3;

import dev.penstock.format.records.Compression;
import dev.penstock.format.records.PartNaming;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.time.Duration;
import java.util.Optional;

/** What a pipeline says about the objects it writes. */
record SinkSettings(
        ConnectionSettings connection,
        Optional<String> partitionColumn,
        PartNaming naming,
        Rolling rolling,
        int partBytes,
        long bufferBytes,
        Encryption encryption) {
    /** When a new object is begun inside an epoch. */
    record Rolling(long bytes, Optional<Duration> interval) {}

    /** How objects are encrypted by the service. */
    enum Sse {
        /** As the bucket says. */
        NONE,
        /** With keys of S3. */
        AES256,
        /** With a key of the key management service. */
        KMS
    }

    /** What the service is told about encryption. */
    record Encryption(Sse sse, Optional<String> key) {}

    private static final String WRITING = "writing";
    private static final long LEAST_PART = 5L << 20;
    private static final long LARGEST_PART = 512L << 20;

    static final ConfigKey<Framing> FRAMING = ConfigKey.choice(
                    Payload.FRAMING,
                    Framing.class,
                    "How records stand in an object; the pipeline fills it in from the format")
            .defaultValue(Framing.LINES);
    static final ConfigKey<String> PARTITION_COLUMN = ConfigKey.column(
                    "partition-column",
                    "The column of strings with the directory of each row below the prefix, for example"
                            + " day=2026-11-21/region=eu")
            .example("directory");
    static final ConfigKey<String> NAME =
            ConfigKey.string("name", "What the names of objects begin with").defaultValue("part");
    static final ConfigKey<String> EXTENSION = ConfigKey.string(
                    "extension", "What the names of objects end with; csv, txt or bin by the framing if not given")
            .example("ndjson");
    static final ConfigKey<Compression> COMPRESSION = ConfigKey.choice(
                    "compression", Compression.class, "How objects are packed; auto goes by the end of the extension")
            .defaultValue(Compression.AUTO);
    static final ConfigKey<Long> ROLL_SIZE = ConfigKey.size(
                    "roll-size", "Bytes after which a new object is begun, counted as they are stored")
            .defaultValue("128MiB")
            .min(1)
            .in(WRITING);
    static final ConfigKey<Duration> ROLL_INTERVAL = ConfigKey.duration(
                    "roll-interval",
                    "Age at which a new object is begun inside an epoch; the end of an epoch always begins one")
            .min(1)
            .advancedOnly()
            .in(WRITING);
    static final ConfigKey<Long> PART_SIZE = ConfigKey.size(
                    "part-size", "Bytes that are sent in one request while rows come; up to five wait to be sent")
            .defaultValue("8MiB")
            .min(LEAST_PART)
            .max(LARGEST_PART)
            .advancedOnly()
            .in(WRITING);
    static final ConfigKey<Long> BUFFER_SIZE = ConfigKey.size(
                    "buffer-size",
                    "Bytes kept for objects that are open; above it, those with the most bytes are ended early")
            .defaultValue("64MiB")
            .min(1)
            .advancedOnly()
            .in(WRITING);
    static final ConfigKey<Sse> SSE = ConfigKey.choice(
                    "sse", Sse.class, "How the service encrypts objects; none leaves it to the bucket")
            .defaultValue(Sse.NONE)
            .in(WRITING);
    static final ConfigKey<String> SSE_KEY = ConfigKey.string(
                    "sse-key", "The id of the key for sse: kms; that of the account if not given")
            .advancedOnly()
            .in(WRITING);

    static final ConfigSpec SPEC = ConnectionSettings.rules(ConfigSpec.builder()
                    .keys(ConnectionSettings.with(
                            FRAMING,
                            PARTITION_COLUMN,
                            NAME,
                            EXTENSION,
                            COMPRESSION,
                            ROLL_SIZE,
                            ROLL_INTERVAL,
                            PART_SIZE,
                            BUFFER_SIZE,
                            SSE,
                            SSE_KEY)))
            .whenForbid(SSE, Sse.NONE, SSE_KEY)
            .whenForbid(SSE, Sse.AES256, SSE_KEY)
            .build();

    static SinkSettings of(Config config) {
        return new SinkSettings(
                ConnectionSettings.of(config),
                config.find(PARTITION_COLUMN),
                new PartNaming(config.get(NAME), config.find(EXTENSION), config.get(FRAMING), config.get(COMPRESSION)),
                new Rolling(config.get(ROLL_SIZE), config.find(ROLL_INTERVAL)),
                Math.toIntExact(config.get(PART_SIZE)),
                config.get(BUFFER_SIZE),
                new Encryption(config.get(SSE), config.find(SSE_KEY)));
    }

    Framing framing() {
        return naming.framing();
    }
}
