package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EM-06: what is wrong with a network is known when it is opened, and said with the name of its file. */
final class NetworkTest {
    @TempDir
    private Path directory;

    private Model model(byte[] network) throws IOException {
        Path file = Files.write(directory.resolve("model.onnx"), network);
        Model pack = TestModels.find(TestModels.QUANTISED);
        ModelDescription description = new ModelDescription("tiny", "1", Pooling.MEAN, true, 256, 384, Map.of());
        return new Model(description, ModelFile.of(file), List.of(), pack.tokenizer(), Optional.empty());
    }

    private void assertRefused(byte[] network, String reason) throws IOException {
        Model model = model(network);
        assertThatThrownBy(() -> Embedder.open(model, Device.CPU, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(directory.resolve("model.onnx").toString());
    }

    @Test
    void refusesNetworksThatTakeNoText() throws IOException {
        assertRefused(TinyNetwork.of("pixel_values", "last_hidden_state", TinyNetwork.FLOAT, 384), "pixel_values");
    }

    @Test
    void refusesNetworksWithoutAMaskForPadding() throws IOException {
        assertRefused(TinyNetwork.of("input_ids", "last_hidden_state", TinyNetwork.INT64, 384), "attention_mask");
    }

    @Test
    void refusesBytesThatAreNoNetwork() throws IOException {
        assertRefused(new byte[] {1, 2, 3}, "Cannot load network");
    }

    @Test
    void readsOutputsWithoutLoadingTheNetwork() throws IOException {
        Path file = Files.write(
                directory.resolve("a.onnx"), TinyNetwork.of("x", "sentence_embedding", TinyNetwork.FLOAT, 768));
        OnnxGraph graph = OnnxGraph.read(ModelFile.of(file));
        assertThat(graph.hasSentenceOutput()).isTrue();
        assertThat(graph.dimensions()).hasValue(768);
    }

    @Test
    void readsNoOutputsFromPartsOfANetwork() throws IOException {
        byte[] whole = TinyNetwork.of("x", "last_hidden_state", TinyNetwork.FLOAT, 384);
        for (int length = 0; length < whole.length - 6; length++) {
            Path file = Files.write(directory.resolve("part.onnx"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> OnnxGraph.read(ModelFile.of(file)))
                    .as("%s bytes", length)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("part.onnx");
        }
    }
}
