package dev.penstock.conformance.reference;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;

/** What a pipeline says about the table it writes. */
record MemorySinkSettings(ServerSettings server, String table) {
    static final ConfigKey<String> TABLE = ConfigKey.string("table", "The table to write; it is made if need be")
            .require()
            .example("orders");

    static final ConfigSpec SPEC = ServerSettings.spec().keys(TABLE).build();

    static MemorySinkSettings of(Config config) {
        return new MemorySinkSettings(ServerSettings.of(config), config.get(TABLE));
    }

    /** The table for people. */
    @Override
    public String toString() {
        return "table '" + table + "' of memory server " + server;
    }
}
