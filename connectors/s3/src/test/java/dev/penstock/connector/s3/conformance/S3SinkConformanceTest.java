package dev.penstock.connector.s3.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connector as a sink keeps every rule. */
@ExtendWith(SharedKitService.class)
final class S3SinkConformanceTest extends ConnectorConformance {
    private final KitService service;

    S3SinkConformanceTest(KitService service) {
        this.service = service;
    }

    @Override
    protected FixtureProvider provider() {
        return new S3Fixtures(Role.SINK, service);
    }
}
