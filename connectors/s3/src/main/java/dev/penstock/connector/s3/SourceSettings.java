package dev.penstock.connector.s3;

import dev.penstock.format.records.Compression;
import dev.penstock.format.records.Glob;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.List;

/** What a pipeline says about the objects it reads. */
record SourceSettings(
        ConnectionSettings connection,
        Glob glob,
        Framing framing,
        Compression compression,
        int maxRecordBytes,
        WhenChanged whenChanged,
        Looking looking,
        int shards,
        int readAhead) {
    /** What to do about an object that is not the one that was read before. */
    enum WhenChanged {
        /** Stop, and let a person decide. */
        ERROR,
        /** Read it from its start. */
        RESTART
    }

    /** Whether to look for objects again, and how often. */
    record Looking(boolean follow, Duration interval) {}

    private static final String READING = "reading";

    static final ConfigKey<List<String>> GLOB = ConfigKey.strings(
                    "glob",
                    "Which objects below the prefix are read: * within a name, ** over directories, ? one character,"
                            + " {a,b} either; a list takes what any of them takes")
            .defaultValue("**")
            .example("**/*.ndjson.gz");
    static final ConfigKey<Framing> FRAMING = ConfigKey.choice(
                    Payload.FRAMING,
                    Framing.class,
                    "How objects are cut into records; the pipeline fills it in from the format")
            .defaultValue(Framing.LINES);
    static final ConfigKey<Boolean> FOLLOW = ConfigKey.bool(
                    "follow", "Whether to go on looking for new, changed and removed objects, until stopped")
            .defaultValue(false);
    static final ConfigKey<Duration> INTERVAL = ConfigKey.duration(
                    "interval", "How often to look for objects while following; each look lists the whole prefix")
            .defaultValue("10s")
            .min(10);
    static final ConfigKey<Compression> COMPRESSION = ConfigKey.choice(
                    "compression",
                    Compression.class,
                    "How objects are packed; auto looks at the end of the key, then at the first bytes")
            .defaultValue(Compression.AUTO);
    static final ConfigKey<Long> MAX_RECORD_BYTES = ConfigKey.size(
                    "max-record-bytes",
                    "The largest line, csv record, object or document that is read; larger ones are reported as bad")
            .defaultValue("16MiB")
            .min(16)
            .max(512L << 20);
    static final ConfigKey<WhenChanged> WHEN_CHANGED = ConfigKey.choice(
                    "when-changed",
                    WhenChanged.class,
                    "What to do if an object of records read before was replaced: stop with an error, or read it anew")
            .defaultValue(WhenChanged.ERROR);
    static final ConfigKey<Integer> SHARDS = ConfigKey.integer(
                    "shards", "How many partitions the keys are divided into by their hash; cannot be changed later")
            .defaultValue(8)
            .min(1)
            .max(4096)
            .advancedOnly()
            .in(READING);
    static final ConfigKey<Integer> READ_AHEAD = ConfigKey.integer(
                    "read-ahead", "How many objects of each shard are fetched at the same time")
            .defaultValue(2)
            .min(1)
            .max(256)
            .advancedOnly()
            .in(READING);

    static final ConfigSpec SPEC = ConnectionSettings.rules(ConfigSpec.builder()
                    .keys(ConnectionSettings.with(
                            GLOB,
                            FRAMING,
                            FOLLOW,
                            INTERVAL,
                            COMPRESSION,
                            MAX_RECORD_BYTES,
                            WHEN_CHANGED,
                            SHARDS,
                            READ_AHEAD)))
            .build();

    static SourceSettings of(Config config) {
        return new SourceSettings(
                ConnectionSettings.of(config),
                glob(config.get(GLOB)),
                config.get(FRAMING),
                config.get(COMPRESSION),
                Math.toIntExact(config.get(MAX_RECORD_BYTES)),
                config.get(WHEN_CHANGED),
                new Looking(config.get(FOLLOW), config.get(INTERVAL)),
                config.get(SHARDS),
                config.get(READ_AHEAD));
    }

    private static Glob glob(List<String> globs) {
        try {
            return Glob.of(globs);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(GLOB.name(), Problem.Code.INVALID, String.valueOf(e.getMessage()), "correct it");
        }
    }

    boolean isWhole() {
        return framing == Framing.WHOLE || framing == Framing.DOCUMENT;
    }
}
