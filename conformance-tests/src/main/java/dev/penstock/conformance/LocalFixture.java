package dev.penstock.conformance;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * A fixture of what talks to no network, has no secrets, and leaves nothing but files in the directory that its
 * {@link FixtureProvider} was given, which the kit removes.
 */
public interface LocalFixture extends Fixture {
    @Override
    default Optional<InetSocketAddress> endpoint() {
        return Optional.empty();
    }

    @Override
    default Iterable<String> secrets() {
        return List.of();
    }

    @Override
    default void close() {}
}
