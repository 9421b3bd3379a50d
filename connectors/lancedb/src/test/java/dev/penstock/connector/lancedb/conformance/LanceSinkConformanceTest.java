package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** The sink keeps every rule with tables in a directory. */
final class LanceSinkConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new LanceSinkFixtures();
    }
}
