package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connector as a sink keeps every rule. */
@ExtendWith(KitServer.Shared.class)
final class PostgresSinkConformanceTest extends ConnectorConformance {
    private final KitServer server;

    PostgresSinkConformanceTest(KitServer server) {
        this.server = server;
    }

    @Override
    protected FixtureProvider provider() {
        return new SinkFixtures(server);
    }
}
