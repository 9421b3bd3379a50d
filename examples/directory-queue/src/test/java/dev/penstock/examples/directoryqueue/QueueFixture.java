package dev.penstock.examples.directoryqueue;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.Variant;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One queue, which belongs to one rule. */
final class QueueFixture implements Fixture {
    private final Path queue;

    QueueFixture(Path queue) {
        this.queue = queue;
    }

    @Override
    public Connector connector() {
        return new DirectoryQueueConnector();
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        return switch (variant) {
            case VALID -> Optional.of(role == Role.SOURCE ? bounded(queue) : Map.of("path", queue.toString()));
            case WRONG_HOST, MISSING_OBJECT -> {
                Path absent = queue.resolveSibling("absent");
                yield Optional.of(role == Role.SOURCE ? bounded(absent) : Map.of("path", absent.toString()));
            }
            case WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE -> Optional.empty();
        };
    }

    private static Map<String, Object> bounded(Path path) {
        return Map.of("path", path.toString(), "follow", false, "remove", false);
    }

    /** There is no network, and so nothing to put a proxy before. */
    @Override
    public Optional<InetSocketAddress> endpoint() {
        return Optional.empty();
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    /** All files and directories; staged messages are what is begun and not yet decided. */
    @Override
    public Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        Set<String> open = new TreeSet<>();
        try (Stream<Path> files = Files.walk(queue)) {
            files.filter(file -> !file.equals(queue)).forEach(file -> {
                boolean staged = file.toString().endsWith(".staged");
                (staged ? open : objects).add("file:" + queue.relativize(file));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Inventory(objects, open);
    }

    @Override
    public SourceSide source() {
        return new QueueSourceSide(queue);
    }

    @Override
    public SinkSide sink() {
        return new QueueSinkSide(queue);
    }

    @Override
    public void close() {}
}
