package dev.penstock.conformance.reference;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** The reference sink without transactions keeps every rule that it promises to keep. */
final class PlainMemoryConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new ReferenceFixtures(new PlainMemoryConnector());
    }
}
