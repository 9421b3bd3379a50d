package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a pipeline reaches the server of its fixture: the user may do what it needs, the guest nothing. */
record KitAccess(int port, String database) {
    static final Login USER = new Login("pipeline", "canary-4711-of-the-pipeline");
    static final Login GUEST = new Login("guest", "canary-0815-of-the-guest");

    /** Who asks. */
    record Login(String name, String password) {
        /** The statement that makes the role, with {@code rights} beside that to log in. */
        String create(String rights) {
            return "CREATE ROLE " + name + " LOGIN " + rights + " PASSWORD '" + password + "'";
        }
    }

    Optional<InetSocketAddress> endpoint() {
        return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    Iterable<String> secrets() {
        return List.of(USER.password(), GUEST.password());
    }

    /** The settings that name what a fixture has, and those that name something that is not there. */
    record Named(Map<String, Object> there, Map<String, Object> missing) {}

    /** The settings of {@code variant}, by way of {@code endpoint} if there is one. */
    Optional<Map<String, Object>> settings(Variant variant, Optional<InetSocketAddress> endpoint, Named named) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("host", "127.0.0.1");
        settings.put("port", endpoint.map(InetSocketAddress::getPort).orElse(port));
        settings.put("database", database);
        settings.put("user", USER.name());
        settings.put("password", USER.password());
        settings.putAll(named.there());
        settings.putAll(
                switch (variant) {
                    case VALID -> Map.of();
                    case WRONG_HOST -> Map.of("host", "penstock.invalid");
                    case WRONG_PORT -> Map.of("port", closedPort());
                    case WRONG_CREDENTIALS -> Map.of("password", "wrong");
                    case MISSING_PRIVILEGE -> Map.of("user", GUEST.name(), "password", GUEST.password());
                    case MISSING_OBJECT -> named.missing();
                });
        return Optional.of(settings);
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
