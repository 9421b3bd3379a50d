package dev.penstock.embeddings;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Waiver;

/** The transform {@code embed} keeps what transforms promise. */
@Waiver(
        rule = "LC-05",
        reason = "ONNX Runtime 1.29 registers a shutdown hook that keeps its class loader for the life of the process;"
                + " Penstock loads embeddings once a process",
        expires = "2027-06-30")
final class EmbeddingsConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new EmbeddingsFixtures();
    }
}
