package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Rows;
import dev.penstock.connector.postgres.ChangeSettings.Snapshot;
import dev.penstock.connector.postgres.ChangeSettings.Truncates;
import dev.penstock.connector.postgres.ChangeSettings.Values;
import dev.penstock.connector.postgres.ChangeSettings.WhenAltered;
import dev.penstock.connector.postgres.ChangeSettings.WhenDropped;
import dev.penstock.connector.postgres.ChangeSettings.WithoutKey;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.time.Duration;
import java.util.List;

/** The settings of sources of changes. */
final class ChangeKeys {
    private static final String CHANGES = "changes";

    static final ConfigKey<List<String>> TABLES = ConfigKey.strings(
                    "tables",
                    "The tables whose changes are read, as schema.name, public if no schema is given; * stands for any"
                            + " characters")
            .require()
            .example("shop.orders, shop.customer_*")
            .in(CHANGES);
    static final ConfigKey<Rows> ROWS = ConfigKey.choice(
                    "rows",
                    Rows.class,
                    "What rows are: the columns of the table, as they are if one table is named, or events with schema,"
                            + " table, key, before and after")
            .in(CHANGES);
    static final ConfigKey<Values> VALUES = ConfigKey.choice(
                    "values",
                    Values.class,
                    "How values stand in the JSON of events: in plain words, or as Debezium has them")
            .defaultValue(Values.PLAIN)
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
    static final ConfigKey<WithoutKey> WITHOUT_KEY = ConfigKey.choice(
                    "snapshot-without-key",
                    WithoutKey.class,
                    "What becomes of rows that are there in tables without key: an error, or they are read in one go, and"
                            + " again from the first if that is interrupted")
            .defaultValue(WithoutKey.ERROR)
            .in(CHANGES);
    static final ConfigKey<Boolean> FOLLOW_CHANGES = ConfigKey.bool(
                    "follow", "Whether to go on until stopped, rather than end at what was last when reading began")
            .defaultValue(true)
            .in(CHANGES);
    static final ConfigKey<Truncates> TRUNCATES = ConfigKey.choice(
                    "truncates", Truncates.class, "What the truncation of the table is: a bad row, or nothing")
            .defaultValue(Truncates.REJECT)
            .in(CHANGES);
    static final ConfigKey<WhenDropped> WHEN_DROPPED = ConfigKey.choice(
                    "when-dropped", WhenDropped.class, "What it is if a table was dropped: an error, or nothing")
            .defaultValue(WhenDropped.ERROR)
            .in(CHANGES);
    static final ConfigKey<WhenAltered> WHEN_ALTERED = ConfigKey.choice(
                    "when-altered",
                    WhenAltered.class,
                    "What becomes of other columns than before: the rows that follow have them, or it is an error")
            .defaultValue(WhenAltered.FOLLOW)
            .in(CHANGES);
    static final ConfigKey<Duration> TABLE_INTERVAL = ConfigKey.duration(
                    "table-interval", "How often to look for tables that were added or dropped")
            .defaultValue("10s")
            .advancedOnly()
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
                    "snapshot-chunk-rows",
                    "About the most rows of a part of a table, which is read by one statement,"
                            + " and cut short at four times as many")
            .defaultValue(131_072)
            .min(1)
            .max(1 << 20)
            .advancedOnly()
            .in(CHANGES);

    private static final ConfigKey<?>[] KEYS = {
        TABLES,
        SLOT,
        PUBLICATION,
        SNAPSHOT,
        WITHOUT_KEY,
        FOLLOW_CHANGES,
        ROWS,
        VALUES,
        TRUNCATES,
        WHEN_DROPPED,
        WHEN_ALTERED,
        METADATA,
        PREFETCH,
        SNAPSHOT_CONNECTIONS,
        SNAPSHOT_CHUNK_ROWS,
        TABLE_INTERVAL
    };

    static final ConfigSpec SPEC = ConnectionSettings.rules(ConfigSpec.builder().keys(ConnectionSettings.before(KEYS)))
            .build();

    private ChangeKeys() {}
}
