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
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Those who drop messages. Each row is a message of its own, unless rows are to share one. */
final class QueueSourceSide implements SourceSide {
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
        drop(partition, "x".repeat(MessageFile.MAX_LINE_BYTES + 1) + "\n");
    }

    /** To this connector a record is bytes: whatever is in them must come out. */
    @Override
    public List<Row> appendTypes() {
        addPartition();
        List<String> lines = List.of("", " ", "\r", "{\"a\": 1}", "\u0130\ud83d\ude42\u0000", "x".repeat(1 << 20));
        drop(0, String.join("\n", lines) + "\n");
        return lines.stream()
                .map(line -> Row.of(QueueSource.SCHEMA, Bytes.copyOf(line.getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    /** As producers do: a file that is complete is renamed into the lane. */
    private void drop(int partition, String content) {
        Lane lane = new Lane(lane(partition));
        try {
            Path hidden = Files.writeString(queue.resolve(".dropping-" + partition), content);
            Files.move(hidden, lane.message(lane.last().orElse(0) + 1), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    @Override
    public void expire(int partition, long sequence) {
        try {
            new Lane(lane(partition)).removeBefore(sequence + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is gone from the front of the lane was taken. */
    @Override
    public OptionalLong released(int partition) {
        try {
            Lane lane = new Lane(lane(partition));
            OptionalLong first = lane.first(0);
            return OptionalLong.of(first.isPresent() ? first.getAsLong() - 1 : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
