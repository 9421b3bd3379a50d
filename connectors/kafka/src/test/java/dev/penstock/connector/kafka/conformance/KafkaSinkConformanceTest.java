package dev.penstock.connector.kafka.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;

/** The connector as a sink keeps every rule. */
final class KafkaSinkConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new KafkaFixtures(Role.SINK);
    }
}
