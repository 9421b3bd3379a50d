package dev.penstock.conformance;

import dev.penstock.conformance.reference.ReferenceFixtures;

/** The reference connector keeps every rule. */
class ReferenceConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new ReferenceFixtures();
    }
}
