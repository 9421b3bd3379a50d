package dev.penstock.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the JSON files that come with models. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode read(ModelFile file) {
        try (InputStream content = file.open()) {
            return MAPPER.readTree(content);
        } catch (IOException e) {
            throw ModelProblem.unusable("Cannot read '" + file + "'", "restore the file from the model's source", e);
        }
    }

    /** The content of {@code path}, if there is such a file. */
    static Optional<JsonNode> find(Path path) {
        return Files.isRegularFile(path) ? Optional.of(read(ModelFile.of(path))) : Optional.empty();
    }

    /** The positive number at {@code key}; models write absurdly large ones for "no limit". */
    static OptionalInt positive(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0
                ? OptionalInt.of(value.intValue())
                : OptionalInt.empty();
    }
}
