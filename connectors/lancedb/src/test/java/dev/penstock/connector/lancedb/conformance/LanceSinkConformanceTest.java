package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;

/** The sink keeps every rule with tables in a directory. */
final class LanceSinkConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new LanceFixtures(Role.SINK);
    }
}
