package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.format.Decoder;
import java.util.List;
import java.util.Optional;

/**
 * How records are read.
 *
 * @param given the message of a file; without a registry that of all records
 * @param messageName in the schema of the subject
 * @param columns that are declared
 */
record DecoderSettings(
        Optional<RegistrySettings> registry,
        Optional<String> subject,
        String version,
        Optional<Descriptor> given,
        Optional<String> messageName,
        Optional<List<Field>> columns) {
    private static final ConfigKey<String> SUBJECT = ConfigKey.string(
                    "subject", "The subject whose schema gives the columns; found in records if not given")
            .example("orders-value");
    private static final ConfigKey<String> VERSION = ConfigKey.string(
                    "version", "The version of the subject: latest, or a number")
            .defaultValue("latest");

    static final ConfigSpec SPEC = RegistrySettings.behind(ConfigSpec.builder()
                    .keys(SUBJECT, VERSION, GivenMessage.SCHEMA_FILE, GivenMessage.MESSAGE, Decoder.COLUMNS)
                    .exclusive(SUBJECT, GivenMessage.SCHEMA_FILE))
            .build();

    static DecoderSettings of(Config config) {
        DecoderSettings settings = new DecoderSettings(
                RegistrySettings.of(config),
                config.find(SUBJECT),
                config.get(VERSION),
                GivenMessage.of(config),
                config.find(GivenMessage.MESSAGE),
                Decoder.declared(config));
        if (settings.registry.isEmpty() && settings.given.isEmpty()) {
            throw new ConfigException(List.of(Problem.error(
                    RegistrySettings.REGISTRY.name(),
                    Problem.Code.MISSING,
                    "is missing, and no schema is given either",
                    "give the URL of a schema registry, or schema-file for records without the id of a schema")));
        }
        return settings;
    }
}
