package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.connector.lancedb.LanceConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables in a directory for the sink to write to, each in a database of its own. */
final class LanceSinkFixtures implements FixtureProvider {
    @Override
    public String connector() {
        return "lancedb";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SINK);
    }

    @Override
    public String system() {
        return "Lance in a directory";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new Database(directory);
    }

    @Override
    public void close() {}

    /** One database. */
    private record Database(Path directory) implements Fixture {
        private static final String TABLE = "rows";

        @Override
        public Connector connector() {
            return new LanceConnector();
        }

        @Override
        public Optional<Map<String, Object>> settings(
                Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
            return switch (variant) {
                case VALID -> Optional.of(settings(database()));
                case WRONG_HOST -> Optional.of(settings(file().resolve("below")));
                case WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE, MISSING_OBJECT -> Optional.empty();
            };
        }

        private static Map<String, Object> settings(Path database) {
            return Map.of("uri", database.toString(), "table", TABLE);
        }

        private Path database() {
            return directory.resolve("db");
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
        public Optional<InetSocketAddress> endpoint() {
            return Optional.empty();
        }

        @Override
        public Iterable<String> secrets() {
            return List.of();
        }

        @Override
        public LanceSinkSide sink() {
            return new LanceSinkSide(database(), TABLE);
        }

        @Override
        public Packaging packaging(Path packed) {
            return ArrowPackaging.besides(Fixture.super.packaging(packed));
        }

        @Override
        public Inventory inventory() {
            return sink().inventory();
        }

        @Override
        public void close() {}
    }
}
