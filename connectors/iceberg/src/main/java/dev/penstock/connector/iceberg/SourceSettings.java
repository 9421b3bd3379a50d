package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a source reads of its table. */
record SourceSettings(TableSettings table, What what, Skipped skipped, Looking looking, int shards) {
    private static final String READING = "reading";

    static final ConfigKey<List<String>> COLUMNS = ConfigKey.strings(
                    "columns", "The columns to read, in this order; all of the table if not given")
            .defaultValue("")
            .example("[order_id, created, amount]")
            .in(READING);
    static final ConfigKey<String> BRANCH = ConfigKey.string("branch", "The branch of the table to read")
            .defaultValue("main")
            .in(READING);
    static final ConfigKey<String> START_SNAPSHOT = ConfigKey.string(
                    "start-snapshot-id",
                    "The snapshot that is read first, whole; the newest of the branch on the first start if not given")
            .example("3051729675574597004")
            .in(READING);
    static final ConfigKey<Boolean> FOLLOW = ConfigKey.bool(
                    "follow", "Whether to go on with rows that are appended later, until stopped")
            .defaultValue(false)
            .in(READING);
    static final ConfigKey<Duration> INTERVAL = ConfigKey.duration(
                    "interval", "How often to look for new snapshots while following")
            .defaultValue("10s")
            .min(10)
            .in(READING);
    static final ConfigKey<Boolean> SKIP_OVERWRITE = ConfigKey.bool(
                    "streaming-skip-overwrite-snapshots",
                    "Whether to leave out later snapshots that overwrite rows, such as those of upserts, with the rows"
                            + " that they add; else they are an error")
            .defaultValue(false)
            .in(READING);
    static final ConfigKey<Boolean> SKIP_DELETE = ConfigKey.bool(
                    "streaming-skip-delete-snapshots",
                    "Whether to leave out later snapshots that delete rows; else they are an error")
            .defaultValue(false)
            .in(READING);
    static final ConfigKey<Integer> SHARDS = ConfigKey.integer(
                    "shards",
                    "How many partitions the files are divided into by the hash of their location; cannot be changed"
                            + " later")
            .defaultValue(4)
            .min(1)
            .max(4096)
            .advancedOnly()
            .in(READING);

    /** Which rows and columns; all columns if none is named. */
    record What(List<String> columns, String branch, Optional<Long> startSnapshot) {
        What {
            columns = List.copyOf(columns);
        }
    }

    /** What is left out of what follows the first snapshot. */
    record Skipped(boolean overwrites, boolean deletes) {}

    /** Whether to look for snapshots again, and how often. */
    record Looking(boolean follow, Duration interval) {}

    static ConfigSpec spec() {
        return TableSettings.spec()
                .keys(COLUMNS, BRANCH, START_SNAPSHOT, FOLLOW, INTERVAL)
                .keys(SKIP_OVERWRITE, SKIP_DELETE, SHARDS)
                .build();
    }

    static SourceSettings of(Config config) {
        return new SourceSettings(
                TableSettings.of(config),
                new What(
                        config.get(COLUMNS),
                        config.get(BRANCH),
                        config.find(START_SNAPSHOT).map(SourceSettings::snapshot)),
                new Skipped(config.get(SKIP_OVERWRITE), config.get(SKIP_DELETE)),
                new Looking(config.get(FOLLOW), config.get(INTERVAL)),
                config.get(SHARDS));
    }

    private static long snapshot(String id) {
        try {
            return Long.parseLong(id.strip());
        } catch (NumberFormatException e) {
            throw new ConfigException(
                    START_SNAPSHOT.name(),
                    Problem.Code.INVALID,
                    "'" + id + "' is no id of a snapshot",
                    "take one from the table's history");
        }
    }
}
