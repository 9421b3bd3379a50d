package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;

/** The source keeps every rule with tables in a directory. */
final class LanceSourceConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new LanceFixtures(Role.SOURCE);
    }
}
