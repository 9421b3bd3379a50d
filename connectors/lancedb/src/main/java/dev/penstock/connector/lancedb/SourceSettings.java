package dev.penstock.connector.lancedb;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.List;
import java.util.Optional;

/** Which rows of a table are read. */
record SourceSettings(TableSettings table, List<String> select, Optional<String> filter, Optional<Integer> version) {
    static final ConfigKey<List<String>> SELECT = ConfigKey.strings(
                    "select", "The columns to read; all of them if none are named")
            .defaultValue("")
            .example("path, text");
    static final ConfigKey<String> FILTER = ConfigKey.string(
                    "filter", "An SQL condition that rows must meet, which Lance evaluates itself")
            .example("size > 1000");
    static final ConfigKey<Integer> VERSION = ConfigKey.integer(
                    "version", "The version of the table to read; the newest one if it is not given")
            .min(1)
            .example("12");

    SourceSettings {
        select = List.copyOf(select);
    }

    static ConfigSpec spec() {
        return TableSettings.spec().keys(SELECT, FILTER, VERSION).build();
    }

    static SourceSettings of(Config config) {
        return new SourceSettings(
                TableSettings.of(config), config.get(SELECT), config.find(FILTER), config.find(VERSION));
    }
}
