package dev.penstock.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Models inside jars of the class path, by name.
 *
 * <p>A jar says what models there are in its own {@code META-INF/penstock/models.json}; the one of this module speaks
 * for packs that were made for others and do not describe themselves. A description whose files are absent counts for
 * nothing, so that a pack is added or left out by adding or leaving out its jar.
 */
final class ModelPacks {
    private static final String DESCRIPTIONS = "META-INF/penstock/models.json";

    private final Map<String, Model> models = new LinkedHashMap<>();
    private final TreeSet<String> absent = new TreeSet<>();

    private ModelPacks() {}

    static ModelPacks load(ClassLoader loader) {
        ModelPacks packs = new ModelPacks();
        try {
            for (URL url : Collections.list(loader.getResources(DESCRIPTIONS))) {
                ModelFile file = new ModelFile(url);
                for (JsonNode description : Json.read(file)) {
                    packs.add(description, loader, file);
                }
            }
        } catch (IOException e) {
            throw ModelProblem.unusable("Cannot search the class path for models", "check the jars on it", e);
        }
        return packs;
    }

    Optional<Model> find(String name) {
        return Optional.ofNullable(models.get(name));
    }

    List<String> names() {
        return List.copyOf(models.keySet());
    }

    /** Whether a model of this name is described, but its jar is not there. */
    boolean isAbsent(String name) {
        return absent.contains(name);
    }

    private void add(JsonNode description, ClassLoader loader, ModelFile source) throws IOException {
        String name = text(description, "name", source);
        URL onnx = loader.getResource(text(description.path("model"), "resource", source));
        URL tokenizer = loader.getResource(text(description.path("tokenizer"), "resource", source));
        if (onnx == null || tokenizer == null) {
            absent.add(name);
        } else {
            models.putIfAbsent(name, model(description, new ModelFile(onnx), new ModelFile(tokenizer), source));
        }
    }

    private static Model model(JsonNode json, ModelFile onnx, ModelFile tokenizer, ModelFile source)
            throws IOException {
        ModelDescription description = new ModelDescription(
                text(json, "name", source),
                text(json, "revision", source),
                pooling(text(json, "pooling", source), source),
                json.path("normalize").asBoolean(true),
                number(json, "max-tokens", source),
                number(json, "dimensions", source),
                prompts(json.path("prompts")));
        boolean known = matches(onnx, json.path("model")) && matches(tokenizer, json.path("tokenizer"));
        Optional<String> digest = known ? Optional.of(text(json, "digest", source)) : Optional.empty();
        return new Model(description, onnx, List.of(), tokenizer, digest);
    }

    // The digest that was written down holds for exactly these files; a jar of another release has its own computed.
    private static boolean matches(ModelFile file, JsonNode described) throws IOException {
        if (!described.hasNonNull("crc32")) {
            return false;
        }
        long crc32 = Long.parseLong(described.path("crc32").asText(), 16);
        ModelFile.Stamp stamp = new ModelFile.Stamp(described.path("size").asLong(), crc32);
        return file.stamp().filter(stamp::equals).isPresent();
    }

    private static Map<Prompt, String> prompts(JsonNode json) {
        Map<Prompt, String> prompts = new EnumMap<>(Prompt.class);
        if (json.hasNonNull("document")) {
            prompts.put(Prompt.DOCUMENT, json.path("document").asText());
        }
        if (json.hasNonNull("query")) {
            prompts.put(Prompt.QUERY, json.path("query").asText());
        }
        return prompts;
    }

    private static Pooling pooling(String name, ModelFile source) {
        try {
            return Pooling.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ModelProblem.unusable(
                    "Cannot read '" + source + "': there is no pooling '" + name + "'", "use mean, cls, max or last");
        }
    }

    private static String text(JsonNode json, String key, ModelFile source) {
        if (!json.hasNonNull(key)) {
            throw ModelProblem.unusable(
                    "Cannot read '" + source + "': a model has no '" + key + "'", "complete the description");
        }
        return json.path(key).asText();
    }

    private static int number(JsonNode json, String key, ModelFile source) {
        return Json.positive(json, key)
                .orElseThrow(() -> ModelProblem.unusable(
                        "Cannot read '" + source + "': '" + key + "' of a model is not a positive number",
                        "complete the description"));
    }
}
