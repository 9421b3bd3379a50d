package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelDirectoryTest {
    private static final String MODULES = """
            [{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}%s]
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void unpack() throws IOException {
        TestModels.unpack(directory);
    }

    private void write(String file, String content) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Test
    void readsPoolingNormalisationLengthAndPrompts() throws IOException {
        write("modules.json", MODULES.formatted(""));
        write("1_Pooling/config.json", "{\"word_embedding_dimension\": 384, \"pooling_mode_cls_token\": true}");
        write("sentence_bert_config.json", "{\"max_seq_length\": 128}");
        write(
                "config_sentence_transformers.json",
                "{\"prompts\": {\"query\": \"query: \", \"passage\": \"passage: \"}}");
        ModelDescription description = ModelDirectory.read(directory).description();
        assertThat(description.pooling()).isEqualTo(Pooling.CLS);
        assertThat(description.normalize()).isFalse();
        assertThat(description.maxTokens()).isEqualTo(128);
        assertThat(description.dimensions()).isEqualTo(384);
        assertThat(description.prompt(Prompt.QUERY)).isEqualTo("query: ");
        assertThat(description.prompt(Prompt.DOCUMENT)).isEqualTo("passage: ");
        assertThat(description.prompt(Prompt.NONE)).isEmpty();
    }

    @Test
    void takesTheUsualWhereNothingIsSaid() {
        ModelDescription description = ModelDirectory.read(directory).description();
        assertThat(description)
                .isEqualTo(new ModelDescription(
                        directory.getFileName().toString(), "local", Pooling.MEAN, true, 512, 384, Map.of()));
    }

    @Test
    void ignoresLimitsThatAreNone() throws IOException {
        write("tokenizer_config.json", "{\"model_max_length\": 1000000000000000019884624838656}");
        write("config.json", "{\"max_position_embeddings\": 512, \"hidden_size\": 384}");
        assertThat(ModelDirectory.read(directory).description().maxTokens()).isEqualTo(512);
    }

    @Test
    void knowsNameAndCommitFromTheHubsCache(@TempDir Path cache) throws IOException {
        Path snapshot = TestModels.unpack(cache.resolve("models--acme--tiny/snapshots/0123abcd"));
        ModelDescription description = ModelDirectory.read(snapshot).description();
        assertThat(description.name()).isEqualTo("acme/tiny");
        assertThat(description.revision()).isEqualTo("0123abcd");
    }

    @Test
    void takesTheNetworkThatIsNamed() {
        Model model = ModelDirectory.read(directory.resolve("onnx/model.onnx"));
        assertThat(model.tokenizer().path()).contains(directory.resolve("tokenizer.json"));
    }

    @Test
    void givesTheVectorsOfThePack() {
        try (Transform directoryModel = TestModels.transform(
                        new EmbedConnector(), "field", "text", "model", directory.toString(), "max-tokens", 256);
                Transform pack =
                        TestModels.transform(new EmbedConnector(), "field", "text", "model", TestModels.QUANTISED)) {
            directoryModel.open(TestModels.HERE);
            pack.open(TestModels.HERE);
            var batch = TestModels.batch("one text", "and another one");
            assertThat(directoryModel.apply(batch).rows().column("vector").value(1))
                    .isEqualTo(pack.apply(batch).rows().column("vector").value(1));
        }
    }

    @Test
    void findsRelativeDirectoriesFromWhereThePipelineIs() {
        try (Transform embed = TestModels.transform(
                new EmbedConnector(),
                "field",
                "text",
                "model",
                directory.getFileName().toString())) {
            embed.open(TestModels.context(directory.resolveSibling("")));
            assertThat(embed.output(TestModels.TEXTS).names()).contains("vector");
        }
    }

    @Test
    void findsRelativeDirectoriesBeforeAnythingIsOpen() {
        EmbedConnector connector = new EmbedConnector();
        Config config = EmbedSettings.SPEC
                .parse(Map.of("field", "text", "model", "./" + directory.getFileName()))
                .orThrow()
                .in(directory.resolveSibling(""));
        assertThat(connector.transform(config).output(TestModels.TEXTS).names()).contains("vector");
        assertThat(connector.check(Role.TRANSFORM, config, TestModels.context(directory.resolveSibling(""))))
                .isEmpty();
        assertThat(connector.check(Role.TRANSFORM, config, TestModels.context(directory)))
                .hasSize(1);
    }

    // EM-06
    @Test
    void refusesPoolingThatItCannotDo() throws IOException {
        write("1_Pooling/config.json", "{\"pooling_mode_weightedmean_tokens\": true}");
        assertRefused("[weightedmean_tokens] is not supported", "1_Pooling");
    }

    // EM-06
    @Test
    void refusesModulesThatItCannotDo() throws IOException {
        write("modules.json", MODULES.formatted(", {\"path\": \"2_Dense\", \"type\": \"x.models.Dense\"}"));
        assertRefused("module 'dense' is not supported", "modules.json");
    }

    // EM-06
    @Test
    void namesTheFileThatIsMissingOrBroken() throws IOException {
        write("modules.json", "[{");
        assertRefused("Cannot read '", "modules.json");
        Files.delete(directory.resolve("modules.json"));
        Files.delete(directory.resolve("tokenizer.json"));
        assertRefused("Cannot find '", "tokenizer.json");
        Files.delete(directory.resolve("onnx/model.onnx"));
        assertRefused("Cannot find a network in '", directory.toString());
    }

    // EM-06
    @Test
    void namesTheNetworkThatIsCutOff() throws IOException {
        Path network = directory.resolve("onnx/model.onnx");
        byte[] content = Files.readAllBytes(network);
        Files.write(network, Arrays.copyOf(content, content.length / 2));
        Transform embed = TestModels.transform(new EmbedConnector(), "field", "text", "model", directory.toString());
        assertThatThrownBy(() -> embed.open(TestModels.HERE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(network.toString());
        embed.close();
    }

    // EM-06
    @Test
    void namesTheNetworkThatIsNone() throws IOException {
        write("onnx/model.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 133\n");
        assertRefused("network", "onnx/model.onnx");
    }

    // EM-06
    @Test
    void refusesANetworkOfOtherDimensionsThanDescribed() {
        Model model = ModelDirectory.read(directory);
        ModelDescription other = new ModelDescription("other", "1", Pooling.MEAN, true, 256, 768, Map.of());
        Model wrong = new Model(other, model.onnx(), model.weights(), model.tokenizer(), Optional.empty());
        assertThatThrownBy(() -> Embedder.open(wrong, Device.CPU, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("its vectors have 384 dimensions, not 768")
                .hasMessageContaining("model.onnx");
    }

    private void assertRefused(String reason, String file) {
        assertThatThrownBy(() -> ModelDirectory.read(directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(file);
    }
}
