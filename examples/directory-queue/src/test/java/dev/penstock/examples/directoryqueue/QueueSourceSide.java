package dev.penstock.examples.directoryqueue;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.LineLayout;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Those who drop messages. Each row is a message of its own, unless rows are to share one. */
final class QueueSourceSide implements SourceSide {
    private static final int TOO_LONG = (8 << 20) + 1;
    private final Path queue;

    QueueSourceSide(Path queue) {
        this.queue = queue;
    }

    private Path lane(int partition) {
        return queue.resolve("lane-" + partition);
    }

    @Override
    public void create(int partitions) {
        for (int i = 0; i < partitions; i++) {
            addPartition();
        }
    }

    @Override
    public void addPartition() {
        try (Stream<Path> lanes = Files.list(queue)) {
            Files.createDirectory(lane((int) lanes.count()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Map<String, Object>> reading(Reading reading) {
        return switch (reading) {
            case BOUNDED -> Optional.of(Map.of());
            case UNBOUNDED -> Optional.of(Map.of("follow", true));
            case PRUNING -> Optional.of(Map.of("follow", true, "remove", true));
            case LATEST, FROM_NOW, TABLE -> Optional.empty();
        };
    }

    @Override
    public RowLayout layout() {
        return RowLayout.LINES;
    }

    @Override
    public void append(int partition, List<NumberedRow> rows) {
        rows.forEach(row -> appendTogether(partition, List.of(row)));
    }

    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        drop(partition, rows.stream().map(LineLayout::line).collect(Collectors.joining("\n", "", "\n")));
    }

    @Override
    public void appendPoison(int partition) {
        drop(partition, "x".repeat(TOO_LONG) + "\n");
    }

    /** To this connector a record is bytes: whatever is in them must come out. */
    @Override
    public List<Row> appendTypes() {
        addPartition();
        List<String> lines = List.of("", " ", "\r", "{\"a\": 1}", "\u0130\ud83d\ude42\u0000", "x".repeat(1 << 20));
        drop(0, String.join("\n", lines) + "\n");
        return lines.stream()
                .map(line -> Row.of(RowLayout.LINES.schema(), Bytes.copyOf(line.getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    private void drop(int partition, String content) {
        new Messages(lane(partition)).drop(content);
    }

    @Override
    public void removePartition(int partition) {
        try (Stream<Path> files = Files.walk(lane(partition))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each row is a message, and messages are numbered from 1. */
    @Override
    public void expire(int partition, long sequence) {
        new Messages(lane(partition)).remove(sequence);
    }

    @Override
    public OptionalLong released(int partition) {
        return OptionalLong.of(new Messages(lane(partition)).taken());
    }
}
