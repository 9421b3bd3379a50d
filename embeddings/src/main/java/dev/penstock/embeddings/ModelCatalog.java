package dev.penstock.embeddings;

import dev.penstock.spi.config.NearestName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds models by what the setting says: the name of a pack on the class path, or a directory. */
final class ModelCatalog {
    /** What is used where the pipeline does not say. */
    static final String DEFAULT_MODEL = "all-minilm-l6-v2";

    private ModelCatalog() {}

    /**
     * The model that {@code setting} means; reads descriptions, never the network's weights.
     *
     * @param base where relative directories start
     * @throws dev.penstock.spi.ConfigException naming what is missing or wrong
     */
    static Model find(String setting, Path base) {
        ModelPacks packs = ModelPacks.load(ModelCatalog.class.getClassLoader());
        Optional<Model> pack = packs.find(setting);
        if (pack.isPresent()) {
            return pack.get();
        }
        Path location = location(setting, base);
        if (Files.exists(location)) {
            return ModelDirectory.read(location);
        }
        throw ModelProblem.notFound(
                "Cannot find model '" + setting + "': " + reason(packs, setting, location), remedy(packs, setting));
    }

    private static String reason(ModelPacks packs, String setting, Path location) {
        return packs.isAbsent(setting)
                ? "the jar with its files is not on the class path"
                : "there is no such model on the class path and no directory '" + location + "'";
    }

    private static String remedy(ModelPacks packs, String setting) {
        return packs.isAbsent(setting)
                ? "add the jar, or use one of: " + String.join(", ", packs.names())
                : NearestName.hint(setting, packs.names());
    }

    private static Path location(String setting, Path base) {
        try {
            return base.resolve(setting).normalize();
        } catch (InvalidPathException e) {
            throw ModelProblem.notFound(
                    "Cannot find model '" + setting + "': " + e.getReason(), "give the name of a model or a directory");
        }
    }
}
