package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.format.registry.SubjectNaming;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.format.Encoder;
import java.util.List;
import java.util.Optional;

/**
 * How records are written.
 *
 * @param given the message of a file that records are
 * @param messageName in the schema of the subject, or of the message that is made from the columns
 */
record EncoderSettings(
        Optional<RegistrySettings> registry,
        Optional<String> subject,
        Optional<String> topic,
        SubjectNaming naming,
        boolean autoRegister,
        Optional<Descriptor> given,
        Optional<String> messageName) {
    private static final ConfigKey<String> SUBJECT = ConfigKey.string(
                    "subject", "The subject that the schema is registered under; named by subject-naming if not given")
            .example("orders-value");
    private static final ConfigKey<SubjectNaming> NAMING = ConfigKey.choice(
                    "subject-naming", SubjectNaming.class, "What names the subject: topic, record or both")
            .defaultValue(SubjectNaming.TOPIC);
    private static final ConfigKey<String> TOPIC = ConfigKey.string(
                    Encoder.TOPIC, "The topic, which names the subject; that of the sink if not given")
            .example("orders");
    private static final ConfigKey<Boolean> AUTO_REGISTER = ConfigKey.bool(
                    "auto-register",
                    "Register a schema made from the columns; otherwise the latest of the subject is written")
            .defaultValue(true);

    static final ConfigSpec SPEC = RegistrySettings.behind(ConfigSpec.builder()
                    .keys(SUBJECT, NAMING, TOPIC, AUTO_REGISTER, GivenMessage.SCHEMA_FILE, GivenMessage.MESSAGE)
                    .exclusive(RegistrySettings.REGISTRY, GivenMessage.SCHEMA_FILE))
            .build();

    static EncoderSettings of(Config config) {
        EncoderSettings settings = new EncoderSettings(
                RegistrySettings.of(config),
                config.find(SUBJECT),
                config.find(TOPIC),
                config.get(NAMING),
                config.get(AUTO_REGISTER),
                GivenMessage.of(config),
                config.find(GivenMessage.MESSAGE));
        boolean named =
                settings.subject.isPresent() || settings.topic.isPresent() || settings.naming == SubjectNaming.RECORD;
        if (settings.registry.isPresent() && !named) {
            throw new ConfigException(List.of(Problem.error(
                    SUBJECT.name(),
                    Problem.Code.MISSING,
                    "is missing, and no topic names it",
                    "give subject or topic")));
        }
        return settings;
    }

    /** The full name of the message that is made from the columns. */
    String madeName() {
        return messageName.orElse("penstock.Row");
    }

    /** The subject of a message. */
    String subject(String message) {
        return subject.orElseGet(() -> naming.subject(topic.orElse(""), message));
    }
}
