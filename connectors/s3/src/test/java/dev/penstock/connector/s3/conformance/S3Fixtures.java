package dev.penstock.connector.s3.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/** Prefixes of one bucket, each fixture with one of its own. */
record S3Fixtures(Role role, KitService service) implements FixtureProvider {
    @Override
    public String connector() {
        return "s3";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(role);
    }

    @Override
    public String system() {
        return "S3Proxy 4.1.0 on local files";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new S3Fixture(service, place + "/");
    }

    /** The service is the other role's, too. */
    @Override
    public void close() {}
}
