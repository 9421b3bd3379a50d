package dev.penstock.connector.s3.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.s3.S3Connector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The objects below one prefix. */
final class S3Fixture implements Fixture {
    private final KitService service;
    private final String prefix;
    private final ObjectSourceSide source;
    private final ObjectSinkSide sink;

    S3Fixture(KitService service, String prefix) {
        this.service = service;
        this.prefix = prefix;
        this.source = new ObjectSourceSide(service, prefix);
        this.sink = new ObjectSinkSide(service, prefix);
    }

    @Override
    public Connector connector() {
        return new S3Connector();
    }

    @Override
    public Optional<InetSocketAddress> endpoint() {
        return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        int port = endpoint.map(InetSocketAddress::getPort).orElse(service.port());
        Map<String, Object> settings = new HashMap<>();
        settings.put("bucket", KitService.BUCKET);
        settings.put("prefix", prefix);
        settings.put("endpoint", "http://127.0.0.1:" + port);
        settings.put("path-style", true);
        settings.put("credentials", "static");
        settings.put("access-key", KitService.ACCESS_KEY);
        settings.put("secret-key", KitService.SECRET_KEY);
        settings.put("timeout", "3s");
        settings.put("attempts", 3);
        if (role == Role.SOURCE) {
            settings.put("shards", source.shards());
            settings.put("interval", "50ms");
            settings.put("max-record-bytes", ObjectSourceSide.MAX_LINE);
        }
        switch (variant) {
            case VALID -> {}
            case WRONG_HOST -> settings.put("endpoint", "http://penstock.invalid:9000");
            case WRONG_PORT -> settings.put("endpoint", "http://127.0.0.1:" + closedPort());
            case WRONG_CREDENTIALS -> settings.put("secret-key", "wrong");
            case MISSING_OBJECT -> settings.put("bucket", "missing");
            case MISSING_PRIVILEGE -> {
                return Optional.empty(); // S3Proxy has one user, who may do everything
            }
        }
        return Optional.of(settings);
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
        return List.of(KitService.SECRET_KEY);
    }

    @Override
    public Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        service.keys(prefix).stream()
                .filter(key -> !ObjectSinkSide.isHidden(key))
                .forEach(objects::add);
        return new Inventory(objects, sink.openTransactions());
    }

    @Override
    public ObjectSourceSide source() {
        return source;
    }

    @Override
    public ObjectSinkSide sink() {
        return sink;
    }

    @Override
    public void close() {
        service.keys(prefix).forEach(service::delete);
        service.keys(ObjectSinkSide.ARCHIVE + prefix).forEach(service::delete);
        service.uploads(prefix).forEach(service::abort);
    }
}
