package dev.penstock.format.avro;

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
import org.apache.avro.Schema;

/**
 * How records are read.
 *
 * @param columns that are declared
 * @param schema with the defaults and aliases; without a registry also that of all records
 */
record DecoderSettings(
        Optional<RegistrySettings> registry,
        Optional<String> subject,
        String version,
        Optional<Schema> schema,
        Optional<List<Field>> columns) {
    private static final ConfigKey<String> SUBJECT = ConfigKey.string(
                    "subject",
                    "The subject whose schema gives columns and their defaults; found in records if not given")
            .example("orders-value");
    private static final ConfigKey<String> VERSION = ConfigKey.string(
                    "version", "The version of the subject: latest, or a number")
            .defaultValue("latest");

    static final ConfigSpec SPEC = RegistrySettings.behind(ConfigSpec.builder()
                    .keys(SUBJECT, VERSION, GivenSchema.SCHEMA, GivenSchema.SCHEMA_FILE, Decoder.COLUMNS)
                    .exclusive(SUBJECT, GivenSchema.SCHEMA, GivenSchema.SCHEMA_FILE))
            .build();

    static DecoderSettings of(Config config) {
        DecoderSettings settings = new DecoderSettings(
                RegistrySettings.of(config),
                config.find(SUBJECT),
                config.get(VERSION),
                GivenSchema.of(config),
                Decoder.declared(config));
        if (settings.registry.isEmpty() && settings.schema.isEmpty()) {
            throw new ConfigException(List.of(Problem.error(
                    RegistrySettings.REGISTRY.name(),
                    Problem.Code.MISSING,
                    "is missing, and no schema is given either",
                    "give the URL of a schema registry, or schema-file for records without the id of a schema")));
        }
        return settings;
    }
}
