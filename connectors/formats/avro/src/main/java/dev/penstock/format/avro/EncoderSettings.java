package dev.penstock.format.avro;

import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.format.registry.SubjectSettings;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * How records are written.
 *
 * @param record the full name of the record where its schema is made from the columns
 * @param schema that records are written with; made from the columns, or that of the subject, if not given
 */
record EncoderSettings(
        Optional<RegistrySettings> registry,
        SubjectSettings subject,
        String record,
        boolean autoRegister,
        Optional<Schema> schema) {
    private static final ConfigKey<String> RECORD = ConfigKey.string(
                    "record-name", "The full name of the record, where its schema is made from the columns")
            .defaultValue("penstock.Row");
    private static final ConfigKey<Boolean> AUTO_REGISTER = ConfigKey.bool(
                    "auto-register",
                    "Register the schema; otherwise a given schema must be there, and without one the latest of the"
                            + " subject is written")
            .defaultValue(true);

    static final ConfigSpec SPEC = RegistrySettings.behind(ConfigSpec.builder()
                    .keys(
                            SubjectSettings.SUBJECT,
                            SubjectSettings.NAMING,
                            SubjectSettings.TOPIC,
                            RECORD,
                            AUTO_REGISTER,
                            GivenSchema.SCHEMA,
                            GivenSchema.SCHEMA_FILE)
                    .exclusive(GivenSchema.SCHEMA, GivenSchema.SCHEMA_FILE))
            .build();

    static EncoderSettings of(Config config) {
        return new EncoderSettings(
                RegistrySettings.of(config),
                SubjectSettings.of(config),
                config.get(RECORD),
                config.get(AUTO_REGISTER),
                GivenSchema.of(config));
    }
}
