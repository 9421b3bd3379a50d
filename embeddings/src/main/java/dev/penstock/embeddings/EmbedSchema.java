package dev.penstock.embeddings;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ModelMetadata;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns that {@code embed} gives, and whether its settings fit model and columns. */
final class EmbedSchema {
    private EmbedSchema() {}

    /** What is wrong with the columns that the settings name. */
    static List<Problem> problems(EmbedSettings settings, Schema input) {
        List<Problem> problems = new ArrayList<>();
        TextField.check(input, "field", settings.field()).ifPresent(problems::add);
        TextField.checkFree(input, "into", settings.into()).ifPresent(problems::add);
        settings.truncated().ifPresent(name -> {
            TextField.checkFree(input, "truncated", name).ifPresent(problems::add);
            if (name.equals(settings.into())) {
                problems.add(Problem.error(
                        "truncated", Problem.Code.CONFLICT, "is the column of the vectors too", "name another column"));
            }
        });
        return problems;
    }

    /** What is wrong with using {@code model} as the settings say. */
    static List<Problem> problems(EmbedSettings settings, ModelDescription model) {
        List<Problem> problems = new ArrayList<>();
        tooMany("max-tokens", settings.maxTokens(), model.maxTokens(), model).ifPresent(problems::add);
        tooMany("dimensions", settings.dimensions(), model.dimensions(), model).ifPresent(problems::add);
        return problems;
    }

    private static Optional<Problem> tooMany(
            String setting, Optional<Integer> wanted, int most, ModelDescription model) {
        return wanted.filter(number -> number > most)
                .map(number -> Problem.error(
                        setting,
                        Problem.Code.OUT_OF_RANGE,
                        number + " is more than the " + most + " of model '" + model.name() + "'",
                        "give " + most + " at most, or leave it out"));
    }

    /** The input and the columns that are added, once there are no problems. */
    static Schema of(EmbedSettings settings, Model model, Schema input) {
        Schema output = input.with(vectorField(settings, model));
        return settings.truncated()
                .map(name -> output.with(Field.of(name, DataType.BOOLEAN)))
                .orElse(output);
    }

    private static Field vectorField(EmbedSettings settings, Model model) {
        return Field.of(settings.into(), DataType.vector(dimensions(settings, model)))
                .with(ModelMetadata.NAME, model.description().name())
                .with(ModelMetadata.REVISION, model.description().revision())
                .with(ModelMetadata.DIGEST, model.digest());
    }

    static int dimensions(EmbedSettings settings, Model model) {
        return settings.dimensions().orElse(model.description().dimensions());
    }

    static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
