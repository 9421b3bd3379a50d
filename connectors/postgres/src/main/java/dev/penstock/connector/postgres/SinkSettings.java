package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;

/**
 * What a pipeline says about the table it writes.
 *
 * @param stagingSchema where rows wait for the commit of their epoch, beside the marks of commits
 */
record SinkSettings(
        ConnectionSettings connection, TableName table, boolean createTable, boolean addColumns, String stagingSchema) {
    private static final int NAME_BYTES = 63;

    static final ConfigKey<String> TABLE = ConfigKey.string(
                    "table", "The table that rows are written to, with its schema, or in public")
            .require()
            .example("shop.orders");
    static final ConfigKey<Boolean> CREATE_TABLE = ConfigKey.bool(
                    "create-table", "Whether the table is created if it is missing, with the key of upserts as its key")
            .defaultValue(true);
    static final ConfigKey<Boolean> ADD_COLUMNS = ConfigKey.bool(
                    "add-columns", "Whether columns of rows that the table does not have are added to it")
            .defaultValue(true);
    static final ConfigKey<String> STAGING_SCHEMA = ConfigKey.string(
                    "staging-schema",
                    "The schema where rows wait for the commit of their epoch, beside the marks of what is committed")
            .defaultValue("penstock")
            .advancedOnly();

    static final ConfigSpec SPEC = ConnectionSettings.rules(ConfigSpec.builder()
                    .keys(ConnectionSettings.before(TABLE, CREATE_TABLE, ADD_COLUMNS, STAGING_SCHEMA)))
            .build();

    static SinkSettings of(Config config) {
        String schema = config.get(STAGING_SCHEMA);
        if (schema.isEmpty() || schema.length() > NAME_BYTES || schema.startsWith("pg_")) {
            throw new ConfigException(
                    STAGING_SCHEMA.name(),
                    Problem.Code.INVALID,
                    "'" + schema + "' cannot be the name of a schema",
                    "use 1 to 63 characters, and do not begin with pg_");
        }
        TableName table = TableName.parse(config.get(TABLE))
                .orElseThrow(() -> new ConfigException(
                        TABLE.name(),
                        Problem.Code.INVALID,
                        "'" + config.get(TABLE) + "' cannot be the name of a table",
                        "write schema.table, with double quotes around a part that has dots"));
        return new SinkSettings(
                ConnectionSettings.of(config), table, config.get(CREATE_TABLE), config.get(ADD_COLUMNS), schema);
    }
}
