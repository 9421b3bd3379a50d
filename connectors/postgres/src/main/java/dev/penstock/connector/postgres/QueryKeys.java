package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.QuerySettings.NullOrder;
import dev.penstock.connector.postgres.QuerySettings.OpenTransactions;
import dev.penstock.connector.postgres.QuerySettings.WhenReplaced;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.time.Duration;
import java.util.List;

/** The settings of sources of queries. */
final class QueryKeys {
    private static final String QUERIES = "query";
    private static final String ORDER = "order";
    private static final int MAX_PARTITIONS = 64;

    static final ConfigKey<String> TABLE = ConfigKey.string(
                    "table", "The table or view that is read, with its schema, or in public")
            .example("shop.orders")
            .in(QUERIES);
    static final ConfigKey<String> QUERY = ConfigKey.string("query", "The query that is read, instead of a table")
            .example("SELECT o.id, o.total, c.name FROM shop.orders o JOIN shop.customers c ON c.id = o.customer")
            .in(QUERIES);
    static final ConfigKey<List<String>> COLUMNS = ConfigKey.columns(
                    "columns", "The columns of the table that rows have; all if not given")
            .example("id, total")
            .in(QUERIES);
    static final ConfigKey<String> WHERE = ConfigKey.string(
                    "where", "Which rows of the table are read, as a condition in SQL")
            .example("status <> 'draft'")
            .in(QUERIES);
    static final ConfigKey<String> CURSOR = ConfigKey.column(
                    "cursor",
                    "The column that says what is new: a time of the last change, a number that grows, or a transaction"
                            + " id (xid8); if not given, the key does")
            .example("updated_at")
            .in(ORDER);
    static final ConfigKey<List<String>> KEY = ConfigKey.columns(
                    "key",
                    "The columns that tell rows apart whose cursor is the same; those of the primary key of the table"
                            + " if not given")
            .example("id")
            .in(ORDER);
    static final ConfigKey<OpenTransactions> OPEN_TRANSACTIONS = ConfigKey.choice(
                    "open-transactions",
                    OpenTransactions.class,
                    "Which transactions must have ended before rows are read that are newer than what they may still"
                            + " add: all of the database, those that write to the table, or none, and what is committed"
                            + " late is missed")
            .defaultValue(OpenTransactions.ALL)
            .in(ORDER);
    static final ConfigKey<Duration> DELAY = ConfigKey.duration(
                    "delay",
                    "For cursors that are times: how far the clocks of those who write them may be apart from the"
                            + " server's; rows are read that much later")
            .defaultValue("1s")
            .in(ORDER);
    static final ConfigKey<String> CURSOR_ZONE = ConfigKey.string(
                    "cursor-zone", "For cursors that are times or dates without a zone: the zone they are in")
            .defaultValue("UTC")
            .example("Europe/Berlin")
            .in(ORDER);
    static final ConfigKey<NullOrder> NULL_ORDER = ConfigKey.choice(
                    "null-order", NullOrder.class, "What rows are whose cursor or key is null: an error, or left out")
            .defaultValue(NullOrder.ERROR)
            .in(ORDER);
    static final ConfigKey<WhenReplaced> WHEN_REPLACED = ConfigKey.choice(
                    "when-replaced",
                    WhenReplaced.class,
                    "What a table is that was dropped and made anew, or restored: an error, or read on where the other"
                            + " one was")
            .defaultValue(WhenReplaced.ERROR)
            .in(ORDER);
    static final ConfigKey<Boolean> FOLLOW = ConfigKey.bool(
                    "follow", "Whether to go on with rows that are new, until stopped")
            .defaultValue(false)
            .in(QUERIES);
    static final ConfigKey<Duration> INTERVAL = ConfigKey.duration(
                    "interval", "How often to look for new rows while following")
            .defaultValue("5s")
            .min(10)
            .in(QUERIES);
    static final ConfigKey<Integer> PARTITIONS = ConfigKey.integer(
                    "partitions",
                    "The number of ranges of about the same size that the rows of the first start are read in, side by"
                            + " side; without following also those of each later one")
            .defaultValue(1)
            .min(1)
            .max(MAX_PARTITIONS)
            .in(QUERIES);
    static final ConfigKey<Integer> STATEMENT_ROWS = ConfigKey.integer(
                    "statement-rows", "The most rows that are read by one statement")
            .defaultValue(250_000)
            .min(1)
            .advancedOnly()
            .in(QUERIES);
    static final ConfigKey<Duration> STATEMENT_TIMEOUT = ConfigKey.duration(
                    "statement-timeout",
                    "The longest that one statement may take, with the time that its rows wait for those who take them")
            .min(1)
            .advancedOnly()
            .in(QUERIES);
    static final ConfigKey<Long> PREFETCH = ConfigKey.size(
                    "prefetch", "The most bytes that each partition reads ahead of need")
            .defaultValue("16MiB")
            .min(64 * 1024)
            .advancedOnly()
            .in(QUERIES);

    private static final ConfigKey<?>[] KEYS = {
        TABLE,
        QUERY,
        COLUMNS,
        WHERE,
        FOLLOW,
        INTERVAL,
        PARTITIONS,
        CURSOR,
        KEY,
        OPEN_TRANSACTIONS,
        DELAY,
        CURSOR_ZONE,
        NULL_ORDER,
        WHEN_REPLACED,
        STATEMENT_ROWS,
        STATEMENT_TIMEOUT,
        PREFETCH
    };

    static final ConfigSpec SPEC = ConnectionSettings.rules(ConfigSpec.builder().keys(ConnectionSettings.before(KEYS)))
            .oneOf(TABLE, QUERY)
            .exclusive(COLUMNS, QUERY)
            .exclusive(WHERE, QUERY)
            .build();

    private QueryKeys() {}
}
