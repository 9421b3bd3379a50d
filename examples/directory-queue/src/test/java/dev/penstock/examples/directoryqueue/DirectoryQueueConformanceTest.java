package dev.penstock.examples.directoryqueue;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** Everything that the connector promises. */
final class DirectoryQueueConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new QueueFixtures();
    }
}
