package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.LocalFixture;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tables in a directory, each in a database of its own.
 *
 * @param role what is done with them: {@code SOURCE} or {@code SINK}
 */
record LanceFixtures(Role role) implements FixtureProvider {
    @Override
    public String connector() {
        return "lancedb";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(role);
    }

    @Override
    public String system() {
        return "Lance in a directory";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new Database(directory, role);
    }

    @Override
    public void close() {}

    /** One database. */
    private record Database(Path directory, Role as) implements LocalFixture {
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
                case MISSING_OBJECT -> // The sink makes its table.
                    role == Role.SINK ? Optional.empty() : Optional.of(settings(directory.resolve("other")));
                case WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE -> Optional.empty();
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
        public LanceSourceSide source() {
            return new LanceSourceSide(database().resolve(TABLE + ".lance"));
        }

        @Override
        public Packaging packaging(Path packed) {
            return ArrowPackaging.besides(LocalFixture.super.packaging(packed));
        }

        @Override
        public LanceSinkSide sink() {
            return new LanceSinkSide(database(), TABLE);
        }

        @Override
        public Inventory inventory() {
            return as == Role.SINK ? sink().inventory() : source().inventory();
        }
    }
}
