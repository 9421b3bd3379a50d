package dev.penstock.embeddings;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** The transform {@code chunk} keeps what transforms promise. */
final class ChunkConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new ChunkFixtures();
    }
}
