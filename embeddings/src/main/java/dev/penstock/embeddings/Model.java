package dev.penstock.embeddings;

import java.util.List;
import java.util.Optional;

/**
 * A model that was found; nothing of it is loaded.
 *
 * @param description how it is used
 * @param onnx the network
 * @param weights files the network refers to
 * @param tokenizer the tokenizer, as {@code tokenizer.json}
 * @param knownDigest its digest if that is known without reading it
 */
record Model(
        ModelDescription description,
        ModelFile onnx,
        List<ModelFile> weights,
        ModelFile tokenizer,
        Optional<String> knownDigest) {
    Model {
        weights = List.copyOf(weights);
    }

    /** SHA-256 over network, weights and tokenizer, in that order, one after the other. */
    String digest() {
        return knownDigest.orElseGet(() -> ModelDigest.of(this));
    }
}
