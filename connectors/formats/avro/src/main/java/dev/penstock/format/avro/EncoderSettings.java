package dev.penstock.format.avro;

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
import org.apache.avro.Schema;

/**
 * How records are written.
 *
 * @param naming what the subject is called where it was not given
 * @param record the full name of the record where its schema is made from the columns
 * @param schema that records are written with; made from the columns, or that of the subject, if not given
 */
record EncoderSettings(
        Optional<RegistrySettings> registry,
        Optional<String> subject,
        Optional<String> topic,
        SubjectNaming naming,
        String record,
        boolean autoRegister,
        Optional<Schema> schema) {
    private static final ConfigKey<String> SUBJECT = ConfigKey.string(
                    "subject", "The subject that the schema is registered under; named by subject-naming if not given")
            .example("orders-value");
    private static final ConfigKey<SubjectNaming> NAMING = ConfigKey.choice(
                    "subject-naming", SubjectNaming.class, "What names the subject: topic, record or both")
            .defaultValue(SubjectNaming.TOPIC);
    private static final ConfigKey<String> TOPIC = ConfigKey.string(
                    Encoder.TOPIC, "The topic, which names the subject; that of the sink if not given")
            .example("orders");
    private static final ConfigKey<String> RECORD = ConfigKey.string(
                    "record-name", "The full name of the record, where its schema is made from the columns")
            .defaultValue("penstock.Row");
    private static final ConfigKey<Boolean> AUTO_REGISTER = ConfigKey.bool(
                    "auto-register",
                    "Register the schema; otherwise a given schema must be there, and without one the latest of the"
                            + " subject is written")
            .defaultValue(true);

    static final ConfigSpec SPEC = RegistrySettings.behind(ConfigSpec.builder()
                    .keys(SUBJECT, NAMING, TOPIC, RECORD, AUTO_REGISTER, GivenSchema.SCHEMA, GivenSchema.SCHEMA_FILE)
                    .exclusive(GivenSchema.SCHEMA, GivenSchema.SCHEMA_FILE))
            .build();

    static EncoderSettings of(Config config) {
        EncoderSettings settings = new EncoderSettings(
                RegistrySettings.of(config),
                config.find(SUBJECT),
                config.find(TOPIC),
                config.get(NAMING),
                config.get(RECORD),
                config.get(AUTO_REGISTER),
                GivenSchema.of(config));
        if (settings.registry.isPresent() && settings.subject.isEmpty() && settings.needsTopic()) {
            throw new ConfigException(List.of(Problem.error(
                    SUBJECT.name(),
                    Problem.Code.MISSING,
                    "is missing, and no topic names it",
                    "give subject or topic")));
        }
        return settings;
    }

    private boolean needsTopic() {
        return topic.isEmpty() && naming != SubjectNaming.RECORD;
    }

    /** The subject of a record named {@code recordName}. */
    String subject(String recordName) {
        return subject.orElseGet(() -> naming.subject(topic.orElse(""), recordName));
    }
}
