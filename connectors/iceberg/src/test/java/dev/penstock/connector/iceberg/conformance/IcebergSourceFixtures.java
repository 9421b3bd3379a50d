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
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables in a directory, each in a warehouse of its own with its catalog in SQLite. */
record IcebergSourceFixtures() implements FixtureProvider {
    @Override
    public String connector() {
        return "iceberg";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SOURCE);
    }

    @Override
    public String system() {
        return "Iceberg 1.12.0, a JDBC catalog on SQLite, files in a directory";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new Warehouse(directory, new IcebergSourceSide(directory.resolve("warehouse")));
    }

    @Override
    public void close() {}

    /** One warehouse. */
    private record Warehouse(Path directory, IcebergSourceSide source) implements LocalFixture {
        @Override
        public Connector connector() {
            return new IcebergConnector();
        }

        @Override
        public Optional<Map<String, Object>> settings(
                Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
            Map<String, Object> settings = new HashMap<>();
            settings.put("warehouse", directory.resolve("warehouse").toString());
            settings.put("table", IcebergSourceSide.TABLE.toString());
            settings.put("shards", source.shards());
            settings.put("interval", "50ms");
            switch (variant) {
                case VALID -> {}
                case WRONG_HOST ->
                    settings.put("warehouse", directory.resolve("elsewhere").toString());
                case MISSING_OBJECT -> settings.put("table", "kit.missing");
                case WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE -> {
                    return Optional.empty();
                }
            }
            return Optional.of(settings);
        }

        @Override
        public Packaging packaging(Path packed) {
            return IcebergFixtures.packaging(LocalFixture.super.packaging(packed));
        }

        @Override
        public Inventory inventory() {
            return source.inventory();
        }
    }
}
