package dev.penstock.embeddings;

import java.nio.file.Path;

/**
 * Which model the settings mean.
 *
 * @param name the name of a pack, or a directory
 * @param base where a relative directory starts
 */
record ModelReference(String name, Path base) {
    /** The model; throws as {@link ModelCatalog#find}. */
    Model find() {
        return ModelCatalog.find(name, base);
    }

    /** The same model seen from {@code directory}. */
    ModelReference from(Path directory) {
        return new ModelReference(name, directory);
    }
}
