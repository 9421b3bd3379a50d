package dev.penstock.examples.directoryqueue;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Queues in temporary directories. */
public final class QueueFixtures implements FixtureProvider {
    @Override
    public String connector() {
        return "directory-queue";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SOURCE, Role.SINK);
    }

    @Override
    public String system() {
        return "a directory on " + System.getProperty("os.name");
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        try {
            return new QueueFixture(Files.createDirectory(directory.resolve("queue")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}
