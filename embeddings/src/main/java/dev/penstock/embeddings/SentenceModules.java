package dev.penstock.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What follows the network, as {@code modules.json} of a sentence-transformers model has it.
 *
 * @param pooling how the vectors of tokens become one
 * @param normalize whether the vector is brought to length 1
 * @param dimensions the length of the vector, where it is said
 * @param promptIsPooled whether the tokens of a prompt count in the pooling
 */
record SentenceModules(Pooling pooling, boolean normalize, OptionalInt dimensions, boolean promptIsPooled) {
    private static final Map<String, Pooling> MODES = Map.of(
            "mean", Pooling.MEAN,
            "mean_tokens", Pooling.MEAN,
            "cls", Pooling.CLS,
            "cls_token", Pooling.CLS,
            "max", Pooling.MAX,
            "max_tokens", Pooling.MAX,
            "lasttoken", Pooling.LAST);
    private static final String MODE_PREFIX = "pooling_mode_";

    /**
     * Reads the files below {@code root}; without them the mean is taken and normalised, which is what a bare network
     * is meant for.
     *
     * @param complete whether the network itself gives finished vectors, so that pooling is not ours to do
     */
    static SentenceModules read(Path root, boolean complete) {
        Path file = root.resolve("modules.json");
        boolean normalize = Json.find(file).isEmpty();
        Path pooling = root.resolve("1_Pooling");
        for (JsonNode module : Json.find(file).map(List::<JsonNode>of).orElse(List.of())) {
            for (JsonNode step : module) {
                String type = lastName(step.path("type").asText());
                switch (type) {
                    case "transformer" -> {}
                    case "pooling" -> pooling = root.resolve(step.path("path").asText("1_Pooling"));
                    case "normalize" -> normalize = true;
                    default -> refuseUnlessComplete(complete, file, type);
                }
            }
        }
        return pooled(pooling.resolve("config.json"), normalize, complete);
    }

    private static SentenceModules pooled(Path file, boolean normalize, boolean complete) {
        JsonNode config = Json.find(file).orElse(null);
        if (config == null || complete) {
            return new SentenceModules(Pooling.MEAN, normalize, OptionalInt.empty(), true);
        }
        List<String> modes = modes(config);
        Pooling pooling = modes.size() == 1 ? MODES.get(modes.get(0)) : null;
        if (pooling == null) {
            throw ModelProblem.unusable(
                    "Cannot pool as '" + file + "' says: " + modes + " is not supported",
                    "use a model with one of the poolings mean, cls, max and lasttoken");
        }
        OptionalInt dimensions = Json.positive(config, "word_embedding_dimension");
        return new SentenceModules(
                pooling,
                normalize,
                dimensions.isPresent() ? dimensions : Json.positive(config, "embedding_dimension"),
                config.path("include_prompt").asBoolean(true));
    }

    private static List<String> modes(JsonNode config) {
        if (config.hasNonNull("pooling_mode")) {
            return List.of(config.path("pooling_mode").asText());
        }
        List<String> modes = new ArrayList<>();
        config.fieldNames().forEachRemaining(name -> {
            if (name.startsWith(MODE_PREFIX) && config.path(name).asBoolean()) {
                modes.add(name.substring(MODE_PREFIX.length()));
            }
        });
        return modes;
    }

    private static void refuseUnlessComplete(boolean complete, Path file, String type) {
        if (!complete) {
            throw ModelProblem.unusable(
                    "Cannot do what '" + file + "' asks for after the network: module '" + type + "' is not supported",
                    "export the network with this step inside, so that it gives 'sentence_embedding'");
        }
    }

    private static String lastName(String type) {
        return type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
