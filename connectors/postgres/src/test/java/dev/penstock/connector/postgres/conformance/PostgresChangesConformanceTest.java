package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** The connector as a source of changes keeps every rule. */
final class PostgresChangesConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new ChangeFixtures();
    }
}
