package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelPacksTest {
    // If this fails, the version of the model packs has changed: write size, crc32, digest and revision down anew.
    @ParameterizedTest
    @ValueSource(strings = {TestModels.FULL, TestModels.QUANTISED})
    void theDigestThatWasWrittenDownIsTheRealOne(String name) {
        Model model = TestModels.find(name);
        Model unknown =
                new Model(model.description(), model.onnx(), model.weights(), model.tokenizer(), Optional.empty());
        assertThat(model.knownDigest()).contains(unknown.digest());
    }

    @Test
    void findsModelsThatOtherJarsDescribe(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("META-INF/penstock"));
        Files.writeString(folder.resolve("models.json"), description("mine", "cls"));
        Files.writeString(directory.resolve("mine.onnx"), "network");
        Files.writeString(directory.resolve("mine.json"), "tokenizer");
        try (URLClassLoader loader = loader(directory)) {
            Model model = ModelPacks.load(loader).find("mine").orElseThrow();
            assertThat(model.description().pooling()).isEqualTo(Pooling.CLS);
            assertThat(model.description().prompt(Prompt.QUERY)).isEqualTo("query: ");
            assertThat(model.description().prompt(Prompt.DOCUMENT)).isEmpty();
            assertThat(model.knownDigest()).isEmpty();
            assertThat(model.digest()).hasSize(64);
        }
    }

    @Test
    void passesOverModelsWhoseFilesAreAbsent(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("META-INF/penstock"));
        Files.writeString(folder.resolve("models.json"), description("mine", "cls"));
        try (URLClassLoader loader = loader(directory)) {
            ModelPacks packs = ModelPacks.load(loader);
            assertThat(packs.find("mine")).isEmpty();
            assertThat(packs.isAbsent("mine")).isTrue();
        }
    }

    @Test
    void namesTheDescriptionThatIsWrong(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("META-INF/penstock"));
        Path file = Files.writeString(folder.resolve("models.json"), description("mine", "average"));
        Files.writeString(directory.resolve("mine.onnx"), "network");
        Files.writeString(directory.resolve("mine.json"), "tokenizer");
        try (URLClassLoader loader = loader(directory)) {
            assertThatThrownBy(() -> ModelPacks.load(loader))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("model: Cannot read '" + file + "': there is no pooling 'average'; "
                            + "use mean, cls, max or last");
        }
    }

    private static String description(String name, String pooling) {
        return """
                [{"name": "%1$s", "revision": "1", "model": {"resource": "%1$s.onnx"},
                  "tokenizer": {"resource": "%1$s.json"}, "pooling": "%2$s", "max-tokens": 64, "dimensions": 8,
                  "prompts": {"query": "query: "}}]
                """.formatted(name, pooling);
    }

    private static URLClassLoader loader(Path directory) throws Exception {
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, null);
    }
}
