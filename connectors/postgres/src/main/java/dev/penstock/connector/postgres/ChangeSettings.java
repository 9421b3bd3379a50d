package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a pipeline says about the changes it reads. */
record ChangeSettings(
        List<TablePattern> tables,
        String slot,
        String publication,
        Snapshot snapshot,
        boolean follow,
        Policies policies,
        RowForm rows,
        Reading reading) {
    /** How much is read ahead, and how, and how often somebody looks for tables that were added or dropped. */
    record Reading(long prefetchBytes, int connections, int chunkRows, Duration tableInterval) {}

    /** What becomes of what is no row. */
    record Policies(Truncates truncates, WhenDropped whenDropped, WhenAltered whenAltered, WithoutKey withoutKey) {}

    /**
     * What rows look like.
     *
     * @param events whether they are events, which say what table they are of, rather than the rows of one table
     * @param metadata the columns that are added
     */
    record RowForm(boolean events, Values values, List<Metadata> metadata) {
        RowForm {
            metadata = List.copyOf(metadata);
        }

        /** The columns that are added to those of tables. */
        List<Metadata> ofTables() {
            return events ? List.of() : metadata;
        }
    }

    /** What rows are. */
    enum Rows {
        /** The columns of the one table. */
        COLUMNS,
        /** Schema, table, key, and the row before and after as JSON. */
        EVENTS
    }

    /** How values are written in the JSON of events. */
    enum Values {
        /** Digits, ISO 8601, JSON as it is. */
        PLAIN,
        /** As Debezium writes them if nothing else is said. */
        DEBEZIUM
    }

    /** What the end of a table is. */
    enum WhenDropped {
        /** An error, once all of its changes were given. */
        ERROR,
        /** Nothing: the others are read on, and a table that is made anew is a new one. */
        IGNORE
    }

    /** What becomes of the rows that are there in a table without key. */
    enum WithoutKey {
        /** It is an error. */
        ERROR,
        /** They are read as they are at one moment; if that is interrupted, again. */
        REPEAT
    }

    /** What other columns than before are. */
    enum WhenAltered {
        /** The rows that follow have them. */
        FOLLOW,
        /** An error, once all rows before were given. */
        ERROR
    }

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

    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");
    private static final int LONGEST_NAME = 63;

    /**
     * What {@code config} says.
     *
     * @throws ConfigException if names are none
     */
    static ChangeSettings of(Config config) {
        List<Problem> problems = new ArrayList<>();
        String slot = slot(config, problems);
        List<TablePattern> tables = tables(config.get(ChangeKeys.TABLES), problems);
        ChangeSettings settings = new ChangeSettings(
                tables,
                slot,
                publication(config, slot, problems),
                config.get(ChangeKeys.SNAPSHOT),
                config.get(ChangeKeys.FOLLOW_CHANGES),
                policies(config),
                rows(config, tables, problems),
                reading(config));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return settings;
    }

    private static String slot(Config config, List<Problem> problems) {
        String slot = config.get(ChangeKeys.SLOT);
        if (!SLOT_NAME.matcher(slot).matches()) {
            problems.add(Problem.error(
                    ChangeKeys.SLOT.name(),
                    Problem.Code.INVALID,
                    "is not the name of a slot",
                    "use 1 to 63 lower case letters, digits and underscores"));
        }
        return slot;
    }

    private static String publication(Config config, String slot, List<Problem> problems) {
        String publication = config.find(ChangeKeys.PUBLICATION).orElse(slot);
        if (publication.isEmpty() || publication.length() > LONGEST_NAME) {
            problems.add(Problem.error(
                    ChangeKeys.PUBLICATION.name(), Problem.Code.INVALID, "is not a name", "use 1 to 63 characters"));
        }
        return publication;
    }

    private static Policies policies(Config config) {
        return new Policies(
                config.get(ChangeKeys.TRUNCATES),
                config.get(ChangeKeys.WHEN_DROPPED),
                config.get(ChangeKeys.WHEN_ALTERED),
                config.get(ChangeKeys.WITHOUT_KEY));
    }

    private static Reading reading(Config config) {
        return new Reading(
                config.get(ChangeKeys.PREFETCH),
                config.get(ChangeKeys.SNAPSHOT_CONNECTIONS),
                config.get(ChangeKeys.SNAPSHOT_CHUNK_ROWS),
                config.get(ChangeKeys.TABLE_INTERVAL));
    }

    private static RowForm rows(Config config, List<TablePattern> tables, List<Problem> problems) {
        boolean isOne = tables.size() == 1 && tables.get(0).single().isPresent();
        Rows rows = config.find(ChangeKeys.ROWS).orElse(isOne ? Rows.COLUMNS : Rows.EVENTS);
        if (rows == Rows.COLUMNS && !isOne) {
            problems.add(Problem.error(
                    ChangeKeys.ROWS.name(),
                    Problem.Code.CONFLICT,
                    "tables have columns of their own",
                    "name one table, or have events"));
        }
        List<Metadata> metadata = ConfigType.oneOf(Metadata.class)
                .parseEach(config.get(ChangeKeys.METADATA), ChangeKeys.METADATA.name(), problems);
        return new RowForm(rows == Rows.EVENTS, config.get(ChangeKeys.VALUES), metadata);
    }

    private static List<TablePattern> tables(List<String> names, List<Problem> problems) {
        List<TablePattern> tables = new ArrayList<>();
        for (String name : names) {
            Optional<TablePattern> table = TablePattern.parse(name);
            table.ifPresentOrElse(
                    tables::add,
                    () -> problems.add(Problem.error(
                            ChangeKeys.TABLES.name(),
                            Problem.Code.INVALID,
                            "'" + name + "' is not the name of a table",
                            "write orders, shop.orders or shop.*, with double quotes around a part that has a dot")));
        }
        if (names.isEmpty()) {
            problems.add(Problem.error(
                    ChangeKeys.TABLES.name(), Problem.Code.INVALID, "names no table", "name one, as shop.orders"));
        }
        return tables;
    }

    /** Whether the changes of {@code table} are wanted. */
    boolean wants(TableName table) {
        return tables.stream().anyMatch(pattern -> pattern.matches(table));
    }

    /** The tables that are named one by one. */
    List<TableName> named() {
        return tables.stream()
                .flatMap(pattern -> pattern.single().stream())
                .distinct()
                .toList();
    }

    /** Whether other tables than those named may be wanted. */
    boolean hasPatterns() {
        return tables.stream().anyMatch(pattern -> pattern.single().isEmpty());
    }

    /** The tables, for people. */
    String shownTables() {
        return tables.stream().map(TablePattern::text).collect(Collectors.joining("', '", "'", "'"));
    }
}
