package dev.penstock.conformance.reference;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.nio.file.Path;

/**
 * The settings of {@code word-vectors}.
 *
 * @param field the column with the texts
 * @param into the column for the vectors
 * @param model the file that says what vectors are like
 */
record WordVectorsSettings(String field, String into, Path model) {
    private static final ConfigKey<String> FIELD =
            ConfigKey.string("field", "The column with the texts").defaultValue("text");
    private static final ConfigKey<String> INTO =
            ConfigKey.string("into", "The column that the vectors go to").defaultValue("vector");
    static final ConfigKey<Path> MODEL = ConfigKey.path(
                    "model", "A file of properties with name, dimensions and seed of the vectors")
            .require()
            .example("words.properties");
    static final ConfigSpec SPEC = ConfigSpec.of(FIELD, INTO, MODEL);

    static WordVectorsSettings of(Config config) {
        return new WordVectorsSettings(
                config.get(FIELD), config.get(INTO), config.baseDirectory().resolve(config.get(MODEL)));
    }
}
