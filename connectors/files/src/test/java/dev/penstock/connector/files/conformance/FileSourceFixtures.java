package dev.penstock.connector.files.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.LocalFixture;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.files.FilesConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Directories for the source to read from: each file is a partition, each line a row. */
final class FileSourceFixtures implements FixtureProvider {
    @Override
    public String connector() {
        return "files";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SOURCE);
    }

    @Override
    public String system() {
        return "the local file system, lines";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new Directory(directory);
    }

    @Override
    public void close() {}

    /** One directory. */
    private record Directory(Path directory) implements LocalFixture {
        @Override
        public Connector connector() {
            return new FilesConnector();
        }

        @Override
        public Optional<Map<String, Object>> settings(
                Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
            return switch (variant) {
                case VALID -> Optional.of(settings(files()));
                case WRONG_HOST, MISSING_OBJECT -> Optional.of(settings(directory.resolve("missing")));
                case WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE -> Optional.empty();
            };
        }

        private static Map<String, Object> settings(Path path) {
            return Map.of("path", path.toString(), "max-record-bytes", FileSourceSide.MAX_LINE);
        }

        private Path files() {
            return directory.resolve("in");
        }

        @Override
        public SourceSide source() {
            return new FileSourceSide(files());
        }

        @Override
        public Inventory inventory() {
            return new Inventory(new FileSourceSide(files()).objects(), Set.of());
        }
    }
}
