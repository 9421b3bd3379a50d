package dev.penstock.embeddings;

import java.util.Map;

/**
 * How a model is used.
 *
 * @param name how tables remember it
 * @param revision the release of it
 * @param pooling how the vectors of tokens become one
 * @param normalize whether vectors are brought to length 1
 * @param maxTokens the most tokens of a text, special tokens included
 * @param dimensions the length of a vector
 * @param prompts what is put before texts; a purpose that is absent needs nothing
 */
record ModelDescription(
        String name,
        String revision,
        Pooling pooling,
        boolean normalize,
        int maxTokens,
        int dimensions,
        Map<Prompt, String> prompts) {
    ModelDescription {
        prompts = Map.copyOf(prompts);
    }

    /** What is put before a text for {@code purpose}; the empty string for nothing. */
    String prompt(Prompt purpose) {
        return prompts.getOrDefault(purpose, "");
    }
}
