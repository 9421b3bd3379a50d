package dev.penstock.conformance;

import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A fixture that does what the one behind it does, except where it is overridden. */
public class ChangedFixture implements Fixture {
    protected final Fixture fixture;

    /** Passes everything to {@code fixture}, and closes it. */
    public ChangedFixture(Fixture fixture) {
        this.fixture = fixture;
    }

    @Override
    public Connector connector() {
        return fixture.connector();
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        return fixture.settings(role, variant, endpoint);
    }

    @Override
    public Optional<InetSocketAddress> endpoint() {
        return fixture.endpoint();
    }

    @Override
    public Iterable<String> secrets() {
        return fixture.secrets();
    }

    @Override
    public Inventory inventory() {
        return fixture.inventory();
    }

    @Override
    public SourceSide source() {
        return fixture.source();
    }

    @Override
    public SinkSide sink() {
        return fixture.sink();
    }

    @Override
    public TransformSide transform() {
        return fixture.transform();
    }

    @Override
    public Packaging packaging(Path directory) {
        return fixture.packaging(directory);
    }

    @Override
    public void close() {
        fixture.close();
    }
}
