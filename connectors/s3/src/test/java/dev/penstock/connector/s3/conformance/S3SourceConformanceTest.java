package dev.penstock.connector.s3.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connector as a source keeps every rule. */
@ExtendWith(SharedKitService.class)
final class S3SourceConformanceTest extends ConnectorConformance {
    private final KitService service;

    S3SourceConformanceTest(KitService service) {
        this.service = service;
    }

    @Override
    protected FixtureProvider provider() {
        return new S3Fixtures(Role.SOURCE, service);
    }
}
