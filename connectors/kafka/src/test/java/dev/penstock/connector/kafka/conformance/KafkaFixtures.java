package dev.penstock.connector.kafka.conformance;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/** Topics of one broker, each fixture with names of its own. */
public final class KafkaFixtures implements FixtureProvider {
    private final Role role;
    private final KitBroker broker;

    /** Fixtures of one role: the two roles have different sides. */
    KafkaFixtures(Role role, KitBroker broker) {
        this.role = requireNonNull(role, "role");
        this.broker = broker;
    }

    @Override
    public String connector() {
        return "kafka";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(role);
    }

    @Override
    public String system() {
        return "Apache Kafka 4.3.1, one KRaft node";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new KafkaFixture(broker, place, directory);
    }

    /** The broker is the other role's, too. */
    @Override
    public void close() {}
}
