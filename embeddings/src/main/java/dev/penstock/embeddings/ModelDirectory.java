package dev.penstock.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A model in a directory laid out as on the Hugging Face hub; everything about its use is read from its own files. */
final class ModelDirectory {
    private static final List<String> NETWORKS =
            List.of("onnx/model.onnx", "model.onnx", "onnx/model_quantized.onnx", "model_quantized.onnx");
    private static final int USUAL_MAX_TOKENS = 512;
    /** Names under which models keep the prompt of a purpose, the first one first. */
    private static final Map<Prompt, List<String>> PROMPT_NAMES =
            Map.of(Prompt.DOCUMENT, List.of("document", "passage", "corpus"), Prompt.QUERY, List.of("query"));

    private final Path root;
    private final Path network;
    private final OnnxGraph graph;

    private ModelDirectory(Path root, Path network) {
        this.root = root;
        this.network = network;
        this.graph = OnnxGraph.read(ModelFile.of(network));
    }

    /** The model at {@code location}: the directory, or the network's file in it where there are several. */
    static Model read(Path location) {
        if (Files.isRegularFile(location)) {
            return new ModelDirectory(rootOf(location.toAbsolutePath()), location).model();
        }
        Path network = NETWORKS.stream()
                .map(location::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> ModelProblem.notFound(
                        "Cannot find a network in '" + location + "'",
                        "put one of " + String.join(", ", NETWORKS) + " there, or name the .onnx file itself"));
        return new ModelDirectory(location, network).model();
    }

    private static Path rootOf(Path file) {
        Path folder = file.resolveSibling("");
        return Files.isRegularFile(folder.resolve("tokenizer.json")) ? folder : folder.resolveSibling("");
    }

    private Model model() {
        Path tokenizer = root.resolve("tokenizer.json");
        if (!Files.isRegularFile(tokenizer)) {
            throw ModelProblem.notFound(
                    "Cannot find '" + tokenizer + "'", "copy tokenizer.json from where the model came from");
        }
        SentenceModules modules = SentenceModules.read(root, graph.hasSentenceOutput());
        ModelIdentity identity = ModelIdentity.of(root);
        ModelDescription description = new ModelDescription(
                identity.name(),
                identity.revision(),
                modules.pooling(),
                modules.normalize(),
                maxTokens(),
                dimensions(modules),
                prompts(modules));
        return new Model(description, ModelFile.of(network), weights(), ModelFile.of(tokenizer), Optional.empty());
    }

    private int maxTokens() {
        JsonNode config = config("config.json");
        int positions = Json.positive(config, "max_position_embeddings").orElse(Integer.MAX_VALUE);
        OptionalInt stated = Json.positive(config("sentence_bert_config.json"), "max_seq_length");
        int most = stated.orElseGet(() -> Json.positive(config("tokenizer_config.json"), "model_max_length")
                .orElse(Integer.MAX_VALUE));
        int least = Math.min(most, positions);
        return least == Integer.MAX_VALUE ? USUAL_MAX_TOKENS : least;
    }

    private int dimensions(SentenceModules modules) {
        return Stream.of(graph.dimensions(), modules.dimensions(), Json.positive(config("config.json"), "hidden_size"))
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .findFirst()
                .orElseThrow(() -> ModelProblem.unusable(
                        "Cannot tell the dimensions of the vectors of '" + network + "'",
                        "give hidden_size in '" + root.resolve("config.json") + "'"));
    }

    private Map<Prompt, String> prompts(SentenceModules modules) {
        JsonNode written = config("config_sentence_transformers.json").path("prompts");
        Map<Prompt, String> prompts = new EnumMap<>(Prompt.class);
        PROMPT_NAMES.forEach((purpose, names) -> names.stream()
                .filter(written::hasNonNull)
                .findFirst()
                .map(name -> written.path(name).asText())
                .filter(prompt -> !prompt.isEmpty())
                .ifPresent(prompt -> prompts.put(purpose, prompt)));
        if (!prompts.isEmpty() && !modules.promptIsPooled()) {
            throw ModelProblem.unusable(
                    "Cannot use the prompts of '" + root + "': its pooling leaves prompts out (include_prompt: false)",
                    "use another model, or remove the prompts from config_sentence_transformers.json");
        }
        return prompts;
    }

    private List<ModelFile> weights() {
        List<ModelFile> weights = new ArrayList<>();
        for (String suffix : List.of("_data", ".data")) {
            Path file = network.resolveSibling(network.getFileName() + suffix);
            if (Files.isRegularFile(file)) {
                weights.add(ModelFile.of(file));
            }
        }
        return weights;
    }

    private JsonNode config(String name) {
        return Json.find(root.resolve(name)).orElseGet(MissingNode::getInstance);
    }
}
