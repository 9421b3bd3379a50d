package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Waiver;

/** The source keeps every rule with tables in a directory. */
@Waiver(
        rule = "LC-05",
        reason = "The native library of Arrow's C data interface holds global references to its classes until their"
                + " loader is collected, which therefore never is",
        expires = "2027-06-30")
final class LanceSourceConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new LanceSourceFixtures();
    }
}
