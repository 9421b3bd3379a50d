package dev.penstock.embeddings;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;

/** The transform {@code embed} keeps what transforms promise. */
final class EmbeddingsConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new EmbeddingsFixtures();
    }
}
