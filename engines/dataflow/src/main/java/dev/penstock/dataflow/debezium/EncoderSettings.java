package dev.penstock.dataflow.debezium;

import dev.penstock.dataflow.format.EventEncoder.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;

/** The settings of the encoder. */
final class EncoderSettings {
    static final ConfigKey<Rows> ROWS = ConfigKey.choice(
                    "rows",
                    Rows.class,
                    "What rows are: those of the table, or events of several tables, with the columns schema, table,"
                            + " before and after")
            .defaultValue(Rows.COLUMNS);
    static final ConfigKey<Boolean> SCHEMAS = ConfigKey.bool(
                    "schemas", "Whether each event has its schema in it, as converters of Kafka Connect may want it")
            .defaultValue(false);
    static final ConfigKey<String> NAME =
            ConfigKey.string("name", "The name of the source that events give").defaultValue("penstock");
    static final ConfigKey<String> DATABASE = ConfigKey.string("database", "The database that events are said to be of")
            .defaultValue("");
    static final ConfigKey<String> SCHEMA = ConfigKey.string("schema", "The schema that events are said to be of")
            .example("public");
    static final ConfigKey<String> TABLE = ConfigKey.string("table", "The table that events are said to be of")
            .defaultValue("rows")
            .example("orders");

    static final ConfigSpec SPEC = ConfigSpec.builder()
            .keys(ROWS, SCHEMAS, NAME, DATABASE, SCHEMA, TABLE)
            .whenForbid(ROWS, Rows.EVENTS, SCHEMAS, SCHEMA, TABLE)
            .build();

    /** What rows are. */
    enum Rows {
        /** Those of the table. */
        COLUMNS,
        /** Events of several tables, as the PostgreSQL source gives them. */
        EVENTS
    }

    private EncoderSettings() {}

    static Source source(Config config) {
        return new Source(config.get(NAME), config.get(DATABASE), config.find(SCHEMA), config.get(TABLE));
    }
}
