package dev.penstock.connector.postgres;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;

/** What a pipeline says about the table it writes. */
record SinkSettings(ConnectionSettings connection, String table) {
    static final ConfigKey<String> TABLE = ConfigKey.string("table", "The table that rows are written to, with its schema or without")
            .require()
            .example("public.orders");

    static final ConfigSpec SPEC = ConnectionSettings.rules(
                    ConfigSpec.builder().keys(ConnectionSettings.before(TABLE)))
            .build();

    static SinkSettings of(Config config) {
        return new SinkSettings(ConnectionSettings.of(config), config.get(TABLE));
    }
}
