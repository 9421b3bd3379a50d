package dev.penstock.connector.iceberg.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.LocalFixture;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.connector.iceberg.IcebergConnector;
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
import java.util.TreeSet;

/** Tables in a directory, each in a warehouse of its own with its catalog in SQLite. */
record IcebergFixtures() implements FixtureProvider {
    @Override
    public String connector() {
        return "iceberg";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SINK);
    }

    @Override
    public String system() {
        return "Iceberg 1.12.0, a JDBC catalog on SQLite, files in a directory";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new Warehouse(directory);
    }

    @Override
    public void close() {}

    /**
     * Without what only Iceberg's own readers and writers of Parquet refer to, which tests alone use, and with what is
     * found by name.
     */
    static Packaging packaging(Packaging seen) {
        Set<Path> libraries = new TreeSet<>(seen.libraries());
        libraries.removeIf(jar -> String.valueOf(jar.getFileName()).startsWith("parquet-avro-"));
        libraries.add(jar("org.sqlite.JDBC"));
        libraries.add(jar("org.postgresql.Driver"));
        return new Packaging(seen.own(), List.copyOf(libraries));
    }

    private static Path jar(String name) {
        try {
            return Path.of(Class.forName(name)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One warehouse. */
    private record Warehouse(Path directory) implements LocalFixture {
        @Override
        public Connector connector() {
            return new IcebergConnector();
        }

        @Override
        public Optional<Map<String, Object>> settings(
                Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
            return switch (variant) {
                case VALID -> Optional.of(settings(path()));
                case WRONG_HOST -> Optional.of(settings(file().resolve("below")));
                // The sink makes its table.
                case MISSING_OBJECT, WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE -> Optional.empty();
            };
        }

        private static Map<String, Object> settings(Path warehouse) {
            return Map.of("warehouse", warehouse.toString(), "table", IcebergSinkSide.TABLE.toString());
        }

        private Path path() {
            return directory.resolve("warehouse");
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
        public Packaging packaging(Path packed) {
            return IcebergFixtures.packaging(LocalFixture.super.packaging(packed));
        }

        @Override
        public IcebergSinkSide sink() {
            return new IcebergSinkSide(path());
        }

        @Override
        public Inventory inventory() {
            return sink().inventory();
        }
    }
}
