package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pipeline says about a query it reads. */
record QuerySettings(What what, Order order, Policies policies, Reading reading) {
    /**
     * What is read.
     *
     * @param table that is read; empty if there is a query
     * @param query that is read; empty if there is a table
     * @param columns of the table; empty for all
     * @param where which rows of the table; empty for all
     */
    record What(Optional<TableName> table, Optional<String> query, List<String> columns, Optional<String> where) {
        /** What is read, for people. */
        String shown() {
            return table.map(name -> "table '" + name + "'").orElse("the query");
        }
    }

    /**
     * The order of rows.
     *
     * @param cursor what comes first in it
     * @param key what tells rows apart; of a table its primary key if empty
     * @param zone the server's name of the zone that a cursor without one is in
     */
    record Order(Optional<String> cursor, List<String> key, String zone) {}

    /** What becomes of what is in the way of an order. */
    record Policies(OpenTransactions open, Duration delay, NullOrder nulls, WhenReplaced replaced) {}

    /** How much is read, and how often. */
    record Reading(
            boolean follow,
            Duration interval,
            int partitions,
            int statementRows,
            Optional<Duration> statementTimeout,
            long prefetchBytes) {}

    /** Which transactions are waited for before what they may add is passed by. */
    enum OpenTransactions {
        /** All of the database that are open. */
        ALL,
        /** Those that write to the table. */
        WRITERS,
        /** None: what is committed late is not read if it is behind the position. */
        IGNORE
    }

    /** What rows without a place in the order are. */
    enum NullOrder {
        /** An error. */
        ERROR,
        /** Nothing. */
        IGNORE
    }

    /** What a table is that was dropped and made anew. */
    enum WhenReplaced {
        /** Lost. */
        ERROR,
        /** The same: it is read on where the other one was. */
        CONTINUE
    }

    /**
     * What {@code config} says.
     *
     * @throws ConfigException if it contradicts itself
     */
    static QuerySettings of(Config config) {
        List<Problem> problems = new ArrayList<>();
        QuerySettings settings =
                new QuerySettings(what(config, problems), order(config, problems), policies(config), reading(config));
        if (settings.policies.open == OpenTransactions.WRITERS && settings.what.query.isPresent()) {
            problems.add(Problem.error(
                    QueryKeys.OPEN_TRANSACTIONS.name(),
                    Problem.Code.CONFLICT,
                    "nobody knows what tables the query reads, and who writes to them",
                    "use all, or name a table"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return settings;
    }

    private static What what(Config config, List<Problem> problems) {
        Optional<String> name = config.find(QueryKeys.TABLE);
        Optional<TableName> table = name.flatMap(TableName::parse);
        if (name.isPresent() && table.isEmpty()) {
            problems.add(Problem.error(
                    QueryKeys.TABLE.name(),
                    Problem.Code.INVALID,
                    "'" + name.get() + "' is not the name of a table",
                    "write orders or shop.orders, with double quotes around a part that has a dot"));
        }
        return new What(
                table,
                config.find(QueryKeys.QUERY).map(QuerySettings::withoutEnd),
                config.find(QueryKeys.COLUMNS).orElse(List.of()),
                config.find(QueryKeys.WHERE).map(QuerySettings::withoutEnd));
    }

    /** The statement as a part of another one. */
    private static String withoutEnd(String sql) {
        return sql.strip().replaceAll("[;\\s]+$", "");
    }

    private static Order order(Config config, List<Problem> problems) {
        Optional<String> cursor = config.find(QueryKeys.CURSOR);
        List<String> key = config.find(QueryKeys.KEY).orElse(List.of());
        boolean isQuery = config.find(QueryKeys.QUERY).isPresent();
        if (key.isEmpty() && (isQuery || cursor.isEmpty())) {
            problems.add(Problem.error(
                    QueryKeys.KEY.name(),
                    Problem.Code.MISSING,
                    isQuery ? "a query does not say what its rows are told apart by" : "rows have no order to go by",
                    isQuery ? "name the columns that no two rows have alike" : "give a cursor, a key, or both"));
        }
        return new Order(cursor, key, zone(config.get(QueryKeys.CURSOR_ZONE), problems));
    }

    /** Only names: the server takes offsets the other way round. */
    private static String zone(String name, List<Problem> problems) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            problems.add(Problem.error(
                    QueryKeys.CURSOR_ZONE.name(),
                    Problem.Code.INVALID,
                    "'" + name + "' is not the name of a time zone",
                    "write one as Europe/Berlin"));
        }
        return name;
    }

    private static Policies policies(Config config) {
        return new Policies(
                config.get(QueryKeys.OPEN_TRANSACTIONS),
                config.get(QueryKeys.DELAY),
                config.get(QueryKeys.NULL_ORDER),
                config.get(QueryKeys.WHEN_REPLACED));
    }

    private static Reading reading(Config config) {
        return new Reading(
                config.get(QueryKeys.FOLLOW),
                config.get(QueryKeys.INTERVAL),
                config.get(QueryKeys.PARTITIONS),
                config.get(QueryKeys.STATEMENT_ROWS),
                config.find(QueryKeys.STATEMENT_TIMEOUT),
                config.get(QueryKeys.PREFETCH));
    }
}
