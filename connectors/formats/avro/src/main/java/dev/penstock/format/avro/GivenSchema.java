package dev.penstock.format.avro;

import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The schema that a pipeline gives itself. */
final class GivenSchema {
    static final ConfigKey<String> SCHEMA = ConfigKey.string("schema", "The Avro schema, as JSON")
            .example("{\"type\": \"record\", \"name\": \"Order\", \"fields\": []}");
    static final ConfigKey<Path> SCHEMA_FILE =
            ConfigKey.path("schema-file", "A file with the Avro schema").example("order.avsc");

    private GivenSchema() {}

    static Optional<Schema> of(Config config) {
        Optional<Path> file = config.find(SCHEMA_FILE).map(config.baseDirectory()::resolve);
        return config.find(SCHEMA)
                .map(text -> parse(text, SCHEMA.name()))
                .or(() -> file.map(path -> parse(read(path), SCHEMA_FILE.name())));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(List.of(Problem.error(
                    SCHEMA_FILE.name(),
                    Problem.Code.NOT_FOUND,
                    "'" + file + "' cannot be read: " + e,
                    "give the path of a file with an Avro schema")));
        }
    }

    private static Schema parse(String text, String setting) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new ConfigException(List.of(Problem.error(
                    setting, Problem.Code.INVALID, "is no Avro schema: " + e.getMessage(), "correct it")));
        }
    }

    /**
     * What {@code registered} says.
     *
     * @throws AvroRuntimeException if it is no Avro schema
     */
    static Schema of(RegisteredSchema registered) {
        Schema.Parser parser = new Schema.Parser();
        registered.references().values().forEach(parser::parse);
        return parser.parse(registered.text());
    }
}
