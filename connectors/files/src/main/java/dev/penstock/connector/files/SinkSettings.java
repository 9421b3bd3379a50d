package dev.penstock.connector.files;

import dev.penstock.format.records.Compression;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import java.time.Duration;
import java.util.Optional;

/** What a pipeline says about the files it writes. */
record SinkSettings(
        String path,
        Framing framing,
        String prefix,
        Optional<String> extension,
        Optional<Long> rollRows,
        long rollBytes,
        Optional<Duration> rollInterval,
        Compression compression) {
    static final ConfigKey<String> PATH = ConfigKey.string(
                    "path",
                    "A directory for part files or, if the name has an extension and is no directory, one file that"
                            + " grows; relative to the pipeline file")
            .require()
            .example("./build/out");
    static final ConfigKey<Framing> FRAMING = ConfigKey.choice(
                    Payload.FRAMING,
                    Framing.class,
                    "How records stand in a file; the pipeline fills it in from the format")
            .defaultValue(Framing.LINES);
    static final ConfigKey<String> PREFIX = ConfigKey.string("prefix", "What the names of part files begin with")
            .defaultValue("part");
    static final ConfigKey<String> EXTENSION = ConfigKey.string(
                    "extension", "What the names of part files end with; csv, txt or bin by the framing if not given")
            .example("ndjson");
    static final ConfigKey<Long> ROLL_ROWS = ConfigKey.of(
                    "roll-rows", ConfigType.LONG, "Rows after which a new part file is begun; no limit if not given")
            .min(1);
    static final ConfigKey<Long> ROLL_SIZE = ConfigKey.size(
                    "roll-size", "Bytes after which a new part file is begun, counted as they are on disk")
            .defaultValue("128MiB")
            .min(1);
    static final ConfigKey<Duration> ROLL_INTERVAL = ConfigKey.duration(
                    "roll-interval",
                    "Age at which a new part file is begun inside an epoch; the end of an epoch always begins one")
            .min(1)
            .advancedOnly();
    static final ConfigKey<Compression> COMPRESSION = ConfigKey.choice(
                    "compression",
                    Compression.class,
                    "How files are packed; auto goes by the end of the name or extension")
            .defaultValue(Compression.AUTO);

    static final ConfigSpec SPEC =
            ConfigSpec.of(PATH, FRAMING, PREFIX, EXTENSION, ROLL_ROWS, ROLL_SIZE, ROLL_INTERVAL, COMPRESSION);

    static SinkSettings of(Config config) {
        return new SinkSettings(
                config.get(PATH),
                config.get(FRAMING),
                config.get(PREFIX),
                config.find(EXTENSION),
                config.find(ROLL_ROWS),
                config.get(ROLL_SIZE),
                config.find(ROLL_INTERVAL),
                config.get(COMPRESSION));
    }
}
