package dev.penstock.dataflow.jsonschema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.dataflow.format.JsonTree;
import dev.penstock.dataflow.format.ValueException;
import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.format.registry.SubjectSettings;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.format.BadRecordException;
import dev.penstock.spi.format.Decoder;
import java.util.List;
import java.util.Map;

/** The settings of both sides, and what they lead to. */
final class SchemaSettings {
    /** What becomes of fields that are not columns. */
    enum UnknownFields {
        IGNORE,
        REJECT
    }

    static final ConfigKey<String> SUBJECT = ConfigKey.string(
                    "subject", "The subject of the schema; found in records if not given")
            .example("orders-value");
    static final ConfigKey<String> VERSION = ConfigKey.string(
                    "version", "The version of the subject: latest, or a number")
            .defaultValue("latest");
    static final ConfigKey<UnknownFields> UNKNOWN_FIELDS = ConfigKey.choice(
                    "unknown-fields", UnknownFields.class, "What becomes of fields that are not columns")
            .defaultValue(UnknownFields.IGNORE);
    static final ConfigKey<String> TITLE = ConfigKey.string(
                    "record-name", "The title of the schema that is made from the columns")
            .defaultValue("penstock.Row");
    static final ConfigKey<Boolean> AUTO_REGISTER = ConfigKey.bool(
                    "auto-register",
                    "Register a schema made from the columns; otherwise the latest of the subject is named")
            .defaultValue(true);

    static final ConfigSpec DECODER = RegistrySettings.behind(
                    ConfigSpec.builder().keys(SUBJECT, VERSION, UNKNOWN_FIELDS, Decoder.COLUMNS))
            .build();
    static final ConfigSpec ENCODER = RegistrySettings.behind(ConfigSpec.builder()
                    .keys(SubjectSettings.SUBJECT, SubjectSettings.NAMING, SubjectSettings.TOPIC, TITLE, AUTO_REGISTER))
            .build();

    private SchemaSettings() {}

    /** The registry, which this format cannot do without. */
    static RegistrySettings registry(Config config) {
        return RegistrySettings.of(config)
                .orElseThrow(() -> new ConfigException(List.of(Problem.error(
                        RegistrySettings.REGISTRY.name(),
                        Problem.Code.MISSING,
                        "is missing",
                        "give the URL of a schema registry, or use json for records without the id of a schema"))));
    }

    /**
     * What {@code registered} says, as maps and lists.
     *
     * @throws BadRecordException if it is no JSON Schema
     */
    static Map<?, ?> parsed(RegisteredSchema registered) {
        if (registered.kind() != RegisteredSchema.Kind.JSON) {
            throw new BadRecordException(
                    "names schema " + registered.id() + ", which is " + registered.kind() + ", not JSON");
        }
        byte[] text = registered.text().getBytes(UTF_8);
        try {
            return new JsonTree("").read(text, 0, text.length) instanceof Map<?, ?> schema ? schema : Map.of();
        } catch (ValueException e) {
            throw new BadRecordException("names schema " + registered.id() + ", which is no JSON");
        }
    }

    /** That the schema of a subject cannot be used. */
    static ConfigException unusable(String subject, BadRecordException why) {
        return new ConfigException(List.of(Problem.error(
                SUBJECT.name(),
                Problem.Code.INCOMPATIBLE,
                "'" + subject + "' " + why.reason(),
                "give the subject of a JSON Schema")));
    }
}
