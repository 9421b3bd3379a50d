package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.nio.file.Path;

/**
 * The settings of the source.
 *
 * @param path the queue
 * @param follow whether to wait for more
 * @param remove whether messages are deleted once they are safe
 */
record SourceSettings(Path path, boolean follow, boolean remove) {
    private static final ConfigKey<Path> PATH = ConfigKey.path(
                    "path", "The directory whose subdirectories are the lanes")
            .require()
            .example("/var/spool/orders");
    private static final ConfigKey<Boolean> FOLLOW = ConfigKey.bool(
                    "follow", "Whether to wait for more messages; otherwise the source ends with the last one")
            .defaultValue(true);
    private static final ConfigKey<Boolean> REMOVE = ConfigKey.bool(
                    "remove", "Whether messages are deleted once what was made of them is safe")
            .defaultValue(true);

    static final ConfigSpec SPEC = ConfigSpec.of(PATH, FOLLOW, REMOVE, Framing.KEY);

    static SourceSettings of(Config config) {
        return new SourceSettings(config.get(PATH), config.get(FOLLOW), config.get(REMOVE));
    }
}
