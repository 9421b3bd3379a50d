package dev.penstock.cli;

import dev.penstock.cli.plugin.InstalledConnectors;
import dev.penstock.dataflow.ConnectorCatalog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it.
 *
 * @param out results, for people or for programs
 * @param environment what {@code ${NAME}} in a pipeline means
 * @param home the directory of the distribution, if there is one
 * @param columns the width of the terminal that standard error goes to, or 0 if it goes elsewhere
 */
record Surroundings(PrintStream out, Map<String, String> environment, Optional<Path> home, int columns) {
    /** Those of this process, as {@code bin/penstock} set them. */
    static Surroundings ofProcess() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Optional<Path> home =
                Optional.ofNullable(System.getProperty("penstock.home")).map(Path::of);
        return new Surroundings(out, System.getenv(), home, Integer.getInteger("penstock.columns", 0));
    }

    /** Every connector that can be used here; loads none. */
    ConnectorCatalog catalog() {
        return ConnectorCatalog.load(ConnectorCatalog.class.getClassLoader()).with(InstalledConnectors.of(home));
    }
}
