package dev.penstock.connector.files.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** The sink that writes a directory of part files keeps every rule. */
final class PartsSinkConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new FileSinkFixtures(SinkLayout.PARTS);
    }
}
