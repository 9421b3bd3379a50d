package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a pipeline says about the changes it reads. */
record ChangeSettings(
        List<TableName> tables,
        String slot,
        String publication,
        Snapshot snapshot,
        boolean follow,
        Truncates truncates,
        List<Metadata> metadata,
        Reading reading) {
    /** How much is read ahead, and how. */
    record Reading(long prefetchBytes, int connections, int chunkRows) {}

    /** Whether rows are read that are there before the first change. */
    enum Snapshot {
        /** On the first start, and those of each table that is added later. */
        INITIAL,
        /** Never: only changes are read, from where the slot stands. */
        NEVER
    }

    /** What the truncation of a table is. */
    enum Truncates {
        /** A bad row. */
        REJECT,
        /** Nothing. */
        IGNORE
    }

    /** What is known of a change besides its row, each a column of its own. */
    enum Metadata {
        TRANSACTION,
        LSN,
        COMMIT_TIME
    }

    private static final String CHANGES = "changes";
    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");
    private static final int LONGEST_NAME = 63;

    static final ConfigKey<List<String>> TABLES = ConfigKey.strings(
                    "tables", "The table whose changes are read, as schema.name; public if no schema is given")
            .require()
            .example("public.orders")
            .in(CHANGES);
    static final ConfigKey<String> SLOT = ConfigKey.string(
                    "slot", "The replication slot, which belongs to this pipeline alone; made when the pipeline starts")
            .require()
            .example("penstock_orders")
            .in(CHANGES);
    static final ConfigKey<String> PUBLICATION = ConfigKey.string(
                    "publication", "The publication; made if there is none; has the name of the slot if not given")
            .example("penstock_orders")
            .in(CHANGES);
    static final ConfigKey<Snapshot> SNAPSHOT = ConfigKey.choice(
                    "snapshot", Snapshot.class, "Whether the rows that are there at the first start are read too")
            .defaultValue(Snapshot.INITIAL)
            .in(CHANGES);
    static final ConfigKey<Boolean> FOLLOW_CHANGES = ConfigKey.bool(
                    "follow", "Whether to go on until stopped, rather than end at what was last when reading began")
            .defaultValue(true)
            .in(CHANGES);
    static final ConfigKey<Truncates> TRUNCATES = ConfigKey.choice(
                    "truncates", Truncates.class, "What the truncation of the table is: a bad row, or nothing")
            .defaultValue(Truncates.REJECT)
            .in(CHANGES);
    static final ConfigKey<List<String>> METADATA = ConfigKey.strings(
                    "metadata", "Columns to add, named postgres_ and: transaction, lsn, commit-time")
            .defaultValue("")
            .example("lsn, commit-time")
            .in(CHANGES);
    static final ConfigKey<Long> PREFETCH = ConfigKey.size(
                    "prefetch", "The most bytes of changes that are read ahead of need")
            .defaultValue("16MiB")
            .min(64 * 1024)
            .advancedOnly()
            .in(CHANGES);
    static final ConfigKey<Integer> SNAPSHOT_CONNECTIONS = ConfigKey.integer(
                    "snapshot-connections", "The number of connections that read the rows that are there, side by side")
            .defaultValue(2)
            .min(1)
            .max(32)
            .advancedOnly()
            .in(CHANGES);
    static final ConfigKey<Integer> SNAPSHOT_CHUNK_ROWS = ConfigKey.integer(
                    "snapshot-chunk-rows", "The rows of a part of the table that is read by one statement")
            .defaultValue(16_384)
            .min(1)
            .max(1 << 20)
            .advancedOnly()
            .in(CHANGES);

    private static final ConfigKey<?>[] KEYS = {
        TABLES,
        SLOT,
        PUBLICATION,
        SNAPSHOT,
        FOLLOW_CHANGES,
        TRUNCATES,
        METADATA,
        PREFETCH,
        SNAPSHOT_CONNECTIONS,
        SNAPSHOT_CHUNK_ROWS
    };

    static final ConfigSpec SPEC = ConnectionSettings.rules(ConfigSpec.builder().keys(ConnectionSettings.before(KEYS)))
            .build();

    /**
     * What {@code config} says.
     *
     * @throws ConfigException if names are none
     */
    static ChangeSettings of(Config config) {
        List<Problem> problems = new ArrayList<>();
        String slot = config.get(SLOT);
        if (!SLOT_NAME.matcher(slot).matches()) {
            problems.add(Problem.error(
                    SLOT.name(),
                    Problem.Code.INVALID,
                    "is not the name of a slot",
                    "use 1 to 63 lower case letters, digits and underscores"));
        }
        String publication = config.find(PUBLICATION).orElse(slot);
        if (publication.isEmpty() || publication.length() > LONGEST_NAME) {
            problems.add(
                    Problem.error(PUBLICATION.name(), Problem.Code.INVALID, "is not a name", "use 1 to 63 characters"));
        }
        ChangeSettings settings = new ChangeSettings(
                tables(config.get(TABLES), problems),
                slot,
                publication,
                config.get(SNAPSHOT),
                config.get(FOLLOW_CHANGES),
                config.get(TRUNCATES),
                ConfigType.oneOf(Metadata.class).parseEach(config.get(METADATA), METADATA.name(), problems),
                new Reading(config.get(PREFETCH), config.get(SNAPSHOT_CONNECTIONS), config.get(SNAPSHOT_CHUNK_ROWS)));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return settings;
    }

    private static List<TableName> tables(List<String> names, List<Problem> problems) {
        List<TableName> tables = new ArrayList<>();
        for (String name : names) {
            Optional<TableName> table = TableName.parse(name);
            table.ifPresentOrElse(
                    tables::add,
                    () -> problems.add(Problem.error(
                            TABLES.name(),
                            Problem.Code.INVALID,
                            "'" + name + "' is not the name of a table",
                            "write orders or shop.orders, with double quotes around a part that has a dot")));
        }
        if (names.size() != 1) {
            problems.add(Problem.error(
                    TABLES.name(),
                    Problem.Code.UNSUPPORTED,
                    names.isEmpty() ? "names no table" : "names more than one table",
                    "give each table a source and a slot of its own"));
        }
        return tables;
    }

    /** The table, as long as a source reads one. */
    TableName table() {
        return tables.get(0);
    }
}
