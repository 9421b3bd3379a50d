package dev.penstock.format.registry;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.format.Encoder;
import java.util.List;
import java.util.Optional;

/**
 * Which subject a sink's schema belongs to.
 *
 * @param subject if it was given
 * @param topic that records go to
 * @param naming what the subject is called if it was not given
 */
public record SubjectSettings(Optional<String> subject, Optional<String> topic, SubjectNaming naming) {
    /** The subject itself. */
    public static final ConfigKey<String> SUBJECT = ConfigKey.string(
                    "subject", "The subject of the schema that is written; named by subject-naming if not given")
            .example("orders-value");
    /** How it is named. */
    public static final ConfigKey<SubjectNaming> NAMING = ConfigKey.choice(
                    "subject-naming",
                    SubjectNaming.class,
                    "What names the subject: the topic, for values or for keys, the record, or both")
            .defaultValue(SubjectNaming.TOPIC);
    /** What names it. */
    public static final ConfigKey<String> TOPIC = ConfigKey.string(
                    Encoder.TOPIC, "The topic, which names the subject; that of the sink if not given")
            .example("orders");

    /**
     * What {@code config} says.
     *
     * @throws ConfigException if there is a registry, and nothing that names a subject of it
     */
    public static SubjectSettings of(Config config) {
        SubjectSettings settings = new SubjectSettings(config.find(SUBJECT), config.find(TOPIC), config.get(NAMING));
        if (RegistrySettings.of(config).isPresent() && !settings.isNamed()) {
            throw new ConfigException(List.of(Problem.error(
                    SUBJECT.name(),
                    Problem.Code.MISSING,
                    "is missing, and no topic names it",
                    "give subject or topic")));
        }
        return settings;
    }

    private boolean isNamed() {
        return subject.isPresent() || topic.isPresent() || naming == SubjectNaming.RECORD;
    }

    /** The subject of a record named {@code record}. */
    public String of(String record) {
        return subject.orElseGet(() -> naming.subject(topic.orElse(""), record));
    }
}
