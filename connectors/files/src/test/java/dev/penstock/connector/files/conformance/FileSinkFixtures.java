package dev.penstock.connector.files.conformance;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.LocalFixture;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.files.FilesConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Directories for the sink to write to, each with nothing in it. */
final class FileSinkFixtures implements FixtureProvider {
    private final SinkLayout layout;

    FileSinkFixtures(SinkLayout layout) {
        this.layout = requireNonNull(layout, "layout");
    }

    @Override
    public String connector() {
        return "files";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SINK);
    }

    @Override
    public String system() {
        return "the local file system, " + layout;
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new Directory(directory, layout);
    }

    @Override
    public void close() {}

    /** One directory. */
    private record Directory(Path directory, SinkLayout layout) implements LocalFixture {
        @Override
        public Connector connector() {
            return new FilesConnector();
        }

        @Override
        public Optional<Map<String, Object>> settings(
                Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
            return switch (variant) {
                case VALID -> Optional.of(layout.settings(target()));
                case WRONG_HOST -> Optional.of(layout.settings(file().resolve("below")));
                case WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE, MISSING_OBJECT -> Optional.empty();
            };
        }

        private Path target() {
            return directory.resolve("out");
        }

        /** A file, below which no directory can be. */
        private Path file() {
            try {
                return Files.writeString(directory.resolve("file"), "not a directory");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public FileSinkSide sink() {
            return new FileSinkSide(target(), directory.resolve("archive"), layout);
        }

        @Override
        public Inventory inventory() {
            return sink().inventory();
        }
    }
}
