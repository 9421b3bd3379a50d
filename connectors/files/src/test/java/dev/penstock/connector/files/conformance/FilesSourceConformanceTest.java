package dev.penstock.connector.files.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** The source that reads files line by line keeps every rule. */
final class FilesSourceConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new FileSourceFixtures();
    }
}
