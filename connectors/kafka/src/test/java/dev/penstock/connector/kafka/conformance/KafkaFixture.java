package dev.penstock.connector.kafka.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.kafka.KafkaConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The topics whose names begin with the name of the place. */
final class KafkaFixture implements Fixture {
    private final KitBroker broker;
    private final String place;
    private final Path directory;
    private final AdvertisingRelay relay;
    private final TopicSourceSide source;
    private final TopicSinkSide sink;

    KafkaFixture(KitBroker broker, String place, Path directory) {
        this.broker = broker;
        this.place = place;
        this.directory = directory;
        this.relay = new AdvertisingRelay(broker.port());
        this.source = new TopicSourceSide(broker, place);
        this.sink = new TopicSinkSide(broker, place, spool());
    }

    private Path spool() {
        return directory.resolve("spool");
    }

    @Override
    public Connector connector() {
        return new KafkaConnector();
    }

    @Override
    public Optional<InetSocketAddress> endpoint() {
        return Optional.of(relay.address());
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        InetSocketAddress address = endpoint.orElse(relay.address());
        relay.advertise(address.getPort());
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap-servers", "127.0.0.1:" + address.getPort());
        settings.put("sasl", "plain");
        settings.put("user", KitBroker.USER);
        settings.put("password", KitBroker.PASSWORD);
        settings.put("client", Map.of("request.timeout.ms", "3000", "default.api.timeout.ms", "4000"));
        settings.putAll(role == Role.SOURCE ? sourceSettings() : sinkSettings());
        settings.putAll(
                switch (variant) {
                    case VALID -> Map.of();
                    case WRONG_HOST -> Map.of("bootstrap-servers", "penstock.invalid:9092");
                    case WRONG_PORT -> Map.of("bootstrap-servers", "127.0.0.1:" + closedPort());
                    case WRONG_CREDENTIALS -> Map.of("password", "wrong");
                    case MISSING_PRIVILEGE -> guest(role);
                    case MISSING_OBJECT -> missing(role);
                });
        if (settings.containsKey("topics")) {
            settings.remove("topic-pattern");
        }
        return Optional.of(settings);
    }

    private Map<String, Object> guest(Role role) {
        Map<String, Object> guest =
                new HashMap<>(Map.of("user", KitBroker.GUEST, "password", KitBroker.GUEST_PASSWORD));
        if (role == Role.SOURCE) {
            guest.put("topics", place + "-0"); // what may not be seen matches no pattern
        }
        return guest;
    }

    private Map<String, Object> missing(Role role) {
        return role == Role.SOURCE
                ? Map.of("topics", place + "-missing")
                : Map.of("topic", place + "-missing", "create-topic", false);
    }

    private Map<String, Object> sourceSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("topic-pattern", place + "-\\d+");
        settings.put("follow", false);
        settings.put("group", place);
        settings.put("metadata", List.of("key", "headers", "timestamp", "topic", "partition", "offset"));
        // Small fetches: otherwise all rows of a rule are here before a connection can be cut.
        settings.put(
                "client",
                Map.of(
                        "request.timeout.ms",
                        "3000",
                        "default.api.timeout.ms",
                        "4000",
                        "max.partition.fetch.bytes",
                        "4000"));
        return settings;
    }

    private Map<String, Object> sinkSettings() {
        return Map.of(
                "topic",
                place,
                "key-column",
                "key",
                "spool",
                spool().toString(),
                "commit-topic",
                TopicSinkSide.commitTopic(place));
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Iterable<String> secrets() {
        return List.of(KitBroker.PASSWORD, KitBroker.GUEST_PASSWORD);
    }

    @Override
    public Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        broker.topics(place).forEach(topic -> objects.add("topic:" + topic));
        return new Inventory(objects, sink.openTransactions());
    }

    @Override
    public TopicSourceSide source() {
        return source;
    }

    @Override
    public TopicSinkSide sink() {
        return sink;
    }

    @Override
    public void close() {
        try (relay) {
            KitBroker.await(broker.admin().deleteTopics(broker.topics(place)).all());
        }
    }
}
