package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** The connector as a source of queries keeps every rule. */
final class PostgresQueryConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new QueryFixtures();
    }
}
