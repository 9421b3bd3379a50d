package dev.penstock.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Tells SQLite where its native library lies ready, so that it does not unpack it at every start. */
final class NativeLibraries {
    private static final String PATH = "org.sqlite.lib.path";

    private NativeLibraries() {}

    /** Looks into the distribution at {@code home}; where there is none for this machine, SQLite helps itself. */
    static void find(Path home) {
        boolean isMac = System.getProperty("os.name").startsWith("Mac");
        String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        Path directory =
                home.resolve("lib/sqlite").resolve(isMac ? "Mac" : "Linux").resolve(processor);
        if (Files.isDirectory(directory) && System.getProperty(PATH) == null) {
            System.setProperty(PATH, directory.toString());
        }
    }
}
