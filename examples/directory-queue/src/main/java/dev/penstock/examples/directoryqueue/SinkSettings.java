package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.nio.file.Path;

/**
 * The settings of the sink.
 *
 * @param path the queue
 * @param lane where messages are dropped, and by nobody else
 */
record SinkSettings(Path path, String lane) {
    private static final ConfigKey<Path> PATH = ConfigKey.path(
                    "path", "The directory whose subdirectories are the lanes")
            .require()
            .example("/var/spool/orders");
    private static final ConfigKey<String> LANE = ConfigKey.string(
                    "lane", "The subdirectory that messages are dropped into; one producer a lane")
            .defaultValue("penstock");

    static final ConfigSpec SPEC = ConfigSpec.of(PATH, LANE, Framing.KEY);

    static SinkSettings of(Config config) {
        return new SinkSettings(config.get(PATH), config.get(LANE));
    }
}
