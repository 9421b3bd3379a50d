package dev.penstock.connector.iceberg;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a sink writes its table. */
record SinkSettings(TableSettings table, NewTable newTable, Changes changes, Files files, Commits commits) {
    private static final String TABLE_GROUP = "table";
    private static final String FILES_GROUP = "files";

    static final ConfigKey<List<String>> PARTITION_BY = ConfigKey.strings(
                    "partition-by",
                    "How a table that does not exist yet is partitioned: columns, also within year, month, day, hour,"
                            + " bucket or truncate")
            .defaultValue("")
            .example("[day(created), 'bucket(16, customer)']")
            .in(TABLE_GROUP);
    static final ConfigKey<Map<String, String>> TABLE_PROPERTIES = ConfigKey.stringMap(
                    "table-properties", "Properties of a table that does not exist yet, by their Iceberg names")
            .defaultValue("{}")
            .example("{ write.metadata.metrics.default: counts }")
            .in(TABLE_GROUP);
    static final ConfigKey<Changes> SCHEMA_CHANGES = ConfigKey.choice(
                    "schema-changes",
                    Changes.class,
                    "What may be done to the table when columns of rows change: nothing, add columns, or also widen"
                            + " types and make columns optional")
            .defaultValue(Changes.ADD)
            .in(TABLE_GROUP);
    static final ConfigKey<String> BRANCH = ConfigKey.string("branch", "The branch of the table to commit to")
            .defaultValue("main")
            .in(TABLE_GROUP);
    static final ConfigKey<Long> TARGET_FILE_SIZE = ConfigKey.size(
                    "target-file-size",
                    "The size at which a data file is ended and the next begun; what the table says if not given")
            .example("256MiB")
            .min(1)
            .in(FILES_GROUP);
    static final ConfigKey<Integer> MAX_OPEN_FILES = ConfigKey.integer(
                    "max-open-files",
                    "The most data files of a writer that are open at a time; beyond it, that of the partition which"
                            + " got no row for longest is ended; upserts have one open")
            .defaultValue(16)
            .min(1)
            .in(FILES_GROUP)
            .advancedOnly();
    static final ConfigKey<Long> WRITE_BUFFER = ConfigKey.size(
                    "write-buffer",
                    "What may wait in memory of a writer: of appended rows, encoded, for all open files together, and"
                            + " beyond it the file with most of them is ended; of upserted rows, as they came, and"
                            + " beyond it they are written")
            .defaultValue("128MiB")
            .min(1)
            .in(FILES_GROUP)
            .advancedOnly();
    static final ConfigKey<Duration> COMMIT_TIMEOUT = ConfigKey.duration(
                    "commit-timeout",
                    "How long a commit is tried again, against other writers and failures, before the pipeline waits"
                            + " and begins anew")
            .defaultValue("30s")
            .min(1)
            .advancedOnly();

    /** What may be done to a table so that rows fit. */
    enum Changes {
        NONE,
        ADD,
        ALL
    }

    /** How a table is made. */
    record NewTable(List<String> partitionBy, Map<String, String> properties) {
        NewTable {
            partitionBy = List.copyOf(partitionBy);
            properties = Map.copyOf(properties);
        }
    }

    /** Sizes of what is written. */
    record Files(Optional<Long> targetBytes, int maxOpen, long bufferBytes) {}

    /** Where and how patiently commits are made. */
    record Commits(String branch, Duration timeout) {}

    static ConfigSpec spec() {
        return TableSettings.spec()
                .keys(PARTITION_BY, TABLE_PROPERTIES, SCHEMA_CHANGES, BRANCH)
                .keys(TARGET_FILE_SIZE, MAX_OPEN_FILES, WRITE_BUFFER, COMMIT_TIMEOUT)
                .build();
    }

    static SinkSettings of(Config config) {
        return new SinkSettings(
                TableSettings.of(config),
                new NewTable(config.get(PARTITION_BY), config.get(TABLE_PROPERTIES)),
                config.get(SCHEMA_CHANGES),
                new Files(config.find(TARGET_FILE_SIZE), config.get(MAX_OPEN_FILES), config.get(WRITE_BUFFER)),
                new Commits(config.get(BRANCH), config.get(COMMIT_TIMEOUT)));
    }
}
