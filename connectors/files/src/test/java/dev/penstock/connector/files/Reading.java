package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One run of a source: discovers, reads everything until the ends, and keeps the states for the next run. */
final class Reading {
    final List<Row> rows = new ArrayList<>();
    final List<String> records = new ArrayList<>();
    final List<String> positions = new ArrayList<>();
    final Set<String> headers = new TreeSet<>();
    long largestBatch;
    final List<BadRow> bad = new ArrayList<>();
    final Map<String, ResumeState> states = new LinkedHashMap<>();
    final Map<String, Partition> partitions = new LinkedHashMap<>();
    private final Map<String, Object> settings;
    private final Path base;

    private Reading(Path base, Map<String, Object> settings) {
        this.base = base;
        this.settings = settings;
    }

    /** A first run. */
    static Reading of(Path base, Object... settings) {
        Reading reading = new Reading(base, settings(settings));
        reading.run(Map.of(), Map.of());
        return reading;
    }

    /** The run after this one, with the same settings. */
    Reading next() {
        Reading reading = new Reading(base, settings);
        reading.run(states, partitions);
        return reading;
    }

    /** The run after this one, with other settings. */
    Reading next(Object... other) {
        Reading reading = new Reading(base, settings(other));
        reading.run(states, partitions);
        return reading;
    }

    static Map<String, Object> settings(Object... pairs) {
        Map<String, Object> settings = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put((String) pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    static FilesSource open(Path base, Object... settings) {
        FilesSource source = new FilesSource(
                SourceSettings.of(SourceSettings.SPEC.parse(settings(settings)).orThrow()));
        source.open(TestContext.in(base));
        return source;
    }

    private void run(Map<String, ResumeState> from, Map<String, Partition> before) {
        Map<String, ResumeState> left = new LinkedHashMap<>(from);
        try (FilesSource source = new FilesSource(
                SourceSettings.of(SourceSettings.SPEC.parse(settings).orThrow()))) {
            source.open(TestContext.in(base));
            for (Partition partition : source.discover(Duration.ofSeconds(10)).partitions()) {
                partitions.put(partition.id(), partition);
                read(source, partition, Optional.ofNullable(left.remove(partition.id())));
            }
            left.forEach((id, state) -> {
                read(source, Objects.requireNonNull(before.get(id)), Optional.of(state));
                states.remove(id);
            });
        }
    }

    private void read(FilesSource source, Partition partition, Optional<ResumeState> from) {
        try (SourcePartition reader = source.partition(partition, from)) {
            while (true) {
                Poll poll = reader.poll(1000, 1 << 20, Duration.ofSeconds(1));
                if (poll instanceof Poll.Rows found) {
                    add(found.rows());
                    bad.addAll(found.bad());
                    states.put(partition.id(), found.after());
                } else if (poll instanceof Poll.End end) {
                    states.put(partition.id(), end.last());
                    return;
                }
            }
        }
    }

    private void add(RecordBatch batch) {
        rows.addAll(batch.toRows());
        largestBatch = Math.max(largestBatch, batch.sizeInBytes());
        batch.origin().attributes().values().forEach(headers::add);
        for (int row = 0; row < batch.rowCount(); row++) {
            positions.add(batch.origin().partition(row) + " " + batch.origin().position(row));
        }
        if (batch.schema().find("record").isPresent()) {
            records.addAll(texts(batch));
        }
    }

    static List<String> texts(RecordBatch batch) {
        BytesColumn column = (BytesColumn) batch.column("record");
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            texts.add(new String(column.bytes(row), UTF_8));
        }
        return texts;
    }
}
