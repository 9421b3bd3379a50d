package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.format.registry.SubjectSettings;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Optional;

/**
 * How records are written.
 *
 * @param given the message of a file that records are
 * @param messageName in the schema of the subject, or of the message that is made from the columns
 */
record EncoderSettings(
        Optional<RegistrySettings> registry,
        SubjectSettings subject,
        boolean autoRegister,
        Optional<Descriptor> given,
        Optional<String> messageName) {
    private static final ConfigKey<Boolean> AUTO_REGISTER = ConfigKey.bool(
                    "auto-register",
                    "Register a schema made from the columns; otherwise the latest of the subject is written")
            .defaultValue(true);

    static final ConfigSpec SPEC = RegistrySettings.behind(ConfigSpec.builder()
                    .keys(
                            SubjectSettings.SUBJECT,
                            SubjectSettings.NAMING,
                            SubjectSettings.TOPIC,
                            AUTO_REGISTER,
                            GivenMessage.SCHEMA_FILE,
                            GivenMessage.MESSAGE)
                    .exclusive(RegistrySettings.REGISTRY, GivenMessage.SCHEMA_FILE))
            .build();

    static EncoderSettings of(Config config) {
        return new EncoderSettings(
                RegistrySettings.of(config),
                SubjectSettings.of(config),
                config.get(AUTO_REGISTER),
                GivenMessage.of(config),
                config.find(GivenMessage.MESSAGE));
    }

    /** The full name of the message that is made from the columns. */
    String madeName() {
        return messageName.orElse("penstock.Row");
    }
}
