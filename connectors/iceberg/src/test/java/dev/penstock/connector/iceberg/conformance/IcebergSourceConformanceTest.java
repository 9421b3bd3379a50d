package dev.penstock.connector.iceberg.conformance;

import dev.penstock.conformance.ConnectorConformance;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Waiver;

/** The source keeps every rule with tables in a directory, and their catalog in SQLite. */
@Waiver(
        rule = "LC-06",
        reason =
                "Parquet packs the same copy of fastutil, under the same names, into parquet-column and parquet-hadoop",
        expires = "2027-06-30")
@Waiver(
        rule = "LC-05",
        reason = "Iceberg's ThreadPools registers shutdown hooks that nobody can take back, and they hold its loader",
        expires = "2027-06-30")
final class IcebergSourceConformanceTest extends ConnectorConformance {
    @Override
    protected FixtureProvider provider() {
        return new IcebergSourceFixtures();
    }
}
