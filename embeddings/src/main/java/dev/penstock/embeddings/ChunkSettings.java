package dev.penstock.embeddings;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.List;
import java.util.Optional;

/**
 * The settings of {@code chunk}.
 *
 * @param field the column with the documents
 * @param maxTokens the most tokens of a chunk, without special tokens
 * @param overlap the most tokens that are repeated from the chunk before
 * @param model whose tokens are counted
 * @param syntax how the documents are written
 * @param key the columns that tell documents apart, if not those of the input
 */
record ChunkSettings(
        String field, int maxTokens, int overlap, ModelReference model, Syntax syntax, Optional<List<String>> key) {
    private static final ConfigKey<String> FIELD =
            ConfigKey.string("field", "The column with the documents").defaultValue("text");
    private static final ConfigKey<Integer> MAX_TOKENS = ConfigKey.integer(
                    "max-tokens", "The most tokens of a chunk, counted by the model's own tokenizer")
            .defaultValue(200)
            .min(8)
            .max(1 << 17);
    private static final ConfigKey<Integer> OVERLAP = ConfigKey.integer(
                    "overlap", "The most tokens that a chunk repeats of the one before; at most half of max-tokens")
            .defaultValue(32)
            .min(0)
            .max(1 << 16);
    private static final ConfigKey<String> MODEL = ConfigKey.string(
                    ModelProblem.SETTING,
                    "The model whose tokens are counted: a name or a directory, as for the transform embed")
            .defaultValue(ModelCatalog.DEFAULT_MODEL);
    private static final ConfigKey<Syntax> SYNTAX = ConfigKey.choice(
                    "syntax", Syntax.class, "How the documents are written, which says where they may be cut")
            .defaultValue(Syntax.MARKDOWN);
    private static final ConfigKey<List<String>> KEY = ConfigKey.strings(
                    "key", "The columns that tell documents apart, if the source does not say")
            .example("[path]");

    /** Chunks must not repeat more than they add. */
    static final ConfigSpec SPEC = ConfigSpec.builder()
            .keys(FIELD, MAX_TOKENS, OVERLAP, MODEL, SYNTAX, KEY)
            .atMostHalf(OVERLAP, MAX_TOKENS)
            .build();

    static ChunkSettings of(Config config) {
        return new ChunkSettings(
                config.get(FIELD),
                config.get(MAX_TOKENS),
                config.get(OVERLAP),
                new ModelReference(config.get(MODEL), config.baseDirectory()),
                config.get(SYNTAX),
                config.find(KEY));
    }
}
