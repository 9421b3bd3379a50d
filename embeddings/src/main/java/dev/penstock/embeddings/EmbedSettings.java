package dev.penstock.embeddings;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Optional;

/**
 * The settings of {@code embed}.
 *
 * @param field the column with the texts
 * @param into the column for the vectors
 * @param model what makes the vectors
 * @param prompt what the texts are for
 * @param context whether headings are embedded with the texts below them
 * @param maxTokens where texts are cut off, if earlier than the model asks for
 * @param dimensions the elements that are kept of a vector, if not all
 * @param truncated the column that says which texts were cut off, if there is to be one
 * @param threads the batches that run side by side
 * @param device where the network runs
 */
record EmbedSettings(
        String field,
        String into,
        ModelReference model,
        Prompt prompt,
        Context context,
        Optional<Integer> maxTokens,
        Optional<Integer> dimensions,
        Optional<String> truncated,
        int threads,
        Device device) {
    private static final ConfigKey<String> FIELD = ConfigKey.string("field", "The column with the texts to embed")
            .require()
            .example("text");
    private static final ConfigKey<String> INTO =
            ConfigKey.string("into", "The column that the vectors go to").defaultValue("vector");
    private static final ConfigKey<String> MODEL = ConfigKey.string(
                    ModelProblem.SETTING,
                    "The model: the name of a pack on the class path, or a directory with model.onnx and tokenizer.json")
            .defaultValue(ModelCatalog.DEFAULT_MODEL)
            .example("./models/bge-small-en-v1.5");
    private static final ConfigKey<Prompt> PROMPT = ConfigKey.choice(
                    "prompt", Prompt.class, "Which of the model's own prompts is put before each text")
            .defaultValue(Prompt.DOCUMENT);
    private static final ConfigKey<Context> CONTEXT = ConfigKey.choice(
                    "context", Context.class, "Whether the heading that chunk found is embedded together with the text")
            .defaultValue(Context.HEADING);
    private static final ConfigKey<Integer> MAX_TOKENS = ConfigKey.integer(
                    "max-tokens", "Tokens after which a text is cut off, if fewer than the model takes")
            .min(4)
            .max(1 << 17)
            .example("128");
    private static final ConfigKey<Integer> DIMENSIONS = ConfigKey.integer(
                    "dimensions", "Elements kept of each vector, for models trained to be shortened (Matryoshka)")
            .min(1)
            .max(1 << 16)
            .example("256");
    private static final ConfigKey<String> TRUNCATED = ConfigKey.string(
                    "truncated", "A column to add that is true where a text was cut off; none if not given")
            .example("truncated");
    private static final ConfigKey<Integer> THREADS = ConfigKey.integer(
                    "threads", "Batches that run side by side, one thread each; the processor's cores if not given")
            .min(1)
            .max(1024)
            .example("4");
    private static final ConfigKey<Device> DEVICE =
            ConfigKey.choice("device", Device.class, "Where the model runs").defaultValue(Device.CPU);

    static final ConfigSpec SPEC =
            ConfigSpec.of(FIELD, INTO, MODEL, PROMPT, CONTEXT, MAX_TOKENS, DIMENSIONS, TRUNCATED, THREADS, DEVICE);

    static EmbedSettings of(Config config) {
        return new EmbedSettings(
                config.get(FIELD),
                config.get(INTO),
                new ModelReference(config.get(MODEL), config.baseDirectory()),
                config.get(PROMPT),
                config.get(CONTEXT),
                config.find(MAX_TOKENS),
                config.find(DIMENSIONS),
                config.find(TRUNCATED),
                config.find(THREADS).orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                config.get(DEVICE));
    }
}
