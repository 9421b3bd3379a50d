package dev.penstock.embeddings;

import java.nio.file.Path;

/**
 * What a model in a directory is called.
 *
 * @param name the directory's, or {@code owner/name} in the hub's cache
 * @param revision the commit in the hub's cache; {@code local} elsewhere, where only the digest tells two states apart
 */
record ModelIdentity(String name, String revision) {
    static ModelIdentity of(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        Path above = absolute.resolveSibling("");
        // models--owner--name/snapshots/commit
        return lastName(above).equals("snapshots")
                ? new ModelIdentity(hubName(lastName(above.resolveSibling(""))), lastName(absolute))
                : new ModelIdentity(lastName(absolute), "local");
    }

    private static String hubName(String folder) {
        return folder.replaceFirst("^models--", "").replace("--", "/");
    }

    private static String lastName(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
