package dev.penstock.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version from the manifest of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "unpacked");
        return new String[] {"penstock " + version + " (Java " + Runtime.version() + ")"};
    }
}
