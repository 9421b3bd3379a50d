package dev.penstock.connector.kafka.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connector as a source keeps every rule. */
@ExtendWith(SharedKitBroker.class)
final class KafkaSourceConformanceTest extends ConnectorConformance {
    private final KitBroker broker;

    KafkaSourceConformanceTest(KitBroker broker) {
        this.broker = broker;
    }

    @Override
    protected FixtureProvider provider() {
        return new KafkaFixtures(Role.SOURCE, broker);
    }
}
