package dev.penstock.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The outputs of a network, read from its file without loading it: weights are skipped, so this takes milliseconds even
 * where the file has gigabytes.
 *
 * @param outputs the sizes of each output, by name; 0 where a size depends on the input
 */
record OnnxGraph(Map<String, List<Long>> outputs) {
    /** The output that holds finished vectors, one a text. */
    static final String SENTENCE_OUTPUT = "sentence_embedding";
    /** Outputs that hold a vector for each token, the first one first. */
    static final List<String> TOKEN_OUTPUTS = List.of("last_hidden_state", "token_embeddings");

    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_OUTPUT = 12;

    /** Reads the outputs of {@code file}; throws a {@code ConfigException} if it is no network. */
    static OnnxGraph read(ModelFile file) {
        try (InputStream content = file.open()) {
            Map<String, List<Long>> outputs = new LinkedHashMap<>();
            Protobuf model = new Protobuf(content, Long.MAX_VALUE);
            while (model.next()) {
                if (model.isMessage(MODEL_GRAPH)) {
                    readGraph(model.message(), outputs);
                }
            }
            return check(new OnnxGraph(outputs), file);
        } catch (IOException e) {
            throw ModelProblem.unusable(
                    "Cannot read network '" + file + "'", "copy the complete .onnx file there again", e);
        }
    }

    private static OnnxGraph check(OnnxGraph graph, ModelFile file) {
        if (graph.outputs.isEmpty()) {
            throw ModelProblem.unusable(
                    "Cannot read network '" + file + "': it has no outputs", "use a model in ONNX format");
        }
        return graph;
    }

    /** Whether the network pools by itself. */
    boolean hasSentenceOutput() {
        return outputs.containsKey(SENTENCE_OUTPUT);
    }

    /** The length of the vectors, where the network fixes it. */
    OptionalInt dimensions() {
        List<Long> sizes = outputs.getOrDefault(output(), List.of());
        long last = sizes.isEmpty() ? 0 : sizes.get(sizes.size() - 1);
        return last > 0 && last <= Integer.MAX_VALUE ? OptionalInt.of((int) last) : OptionalInt.empty();
    }

    private String output() {
        return hasSentenceOutput()
                ? SENTENCE_OUTPUT
                : TOKEN_OUTPUTS.stream()
                        .filter(outputs::containsKey)
                        .findFirst()
                        .orElse("");
    }

    private static void readGraph(Protobuf graph, Map<String, List<Long>> outputs) throws IOException {
        while (graph.next()) {
            if (graph.isMessage(GRAPH_OUTPUT)) {
                readOutput(graph.message(), outputs);
            }
        }
    }

    private static void readOutput(Protobuf output, Map<String, List<Long>> outputs) throws IOException {
        String name = "";
        List<Long> sizes = new ArrayList<>();
        while (output.next()) {
            if (output.isMessage(1)) {
                name = output.text();
            } else if (output.isMessage(2)) {
                readSizes(output.message(), 0, sizes);
            }
        }
        outputs.put(name, sizes);
    }

    /** Goes down type, tensor, shape and dimension; {@code depth} says at which of them we are. */
    private static void readSizes(Protobuf message, int depth, List<Long> sizes) throws IOException {
        int[] inner = {1, 2, 1};
        while (message.next()) {
            if (depth < inner.length && message.isMessage(inner[depth])) {
                Protobuf child = message.message();
                if (depth + 1 == inner.length) {
                    sizes.add(0L);
                }
                readSizes(child, depth + 1, sizes);
            } else if (depth == inner.length && message.isNumber(1)) {
                sizes.set(sizes.size() - 1, message.number());
            }
        }
    }
}
