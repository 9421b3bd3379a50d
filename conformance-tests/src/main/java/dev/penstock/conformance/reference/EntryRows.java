package dev.penstock.conformance.reference;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes rows of entries, or says why it cannot. Not thread safe; for one batch. */
final class EntryRows {
    private final String partition;
    private final RowCodec codec;
    private final BatchBuilder builder;
    private final List<LogEntry> taken = new ArrayList<>();
    private final List<BadRow> bad = new ArrayList<>();

    EntryRows(String partition, Schema schema) {
        this.partition = partition;
        this.codec = new RowCodec(schema);
        this.builder = new BatchBuilder(schema);
    }

    /** Adds the row in an entry, as {@code operation} if that is given. */
    void add(LogEntry entry, Optional<Operation> operation) {
        try {
            Row row = codec.decode(entry.content());
            builder.append(operation.map(row::with).orElse(row));
            taken.add(entry);
        } catch (IOException | RuntimeException e) {
            // What was appended may be anything; whatever the decoder trips over, the rows around it are good.
            bad.add(badRow(entry, e));
        }
    }

    private BadRow badRow(LogEntry entry, Exception cause) {
        byte[] content = entry.content();
        Bytes kept = Bytes.copyOf(Arrays.copyOf(content, Math.min(content.length, BadRow.MAX_BYTES)));
        return new BadRow(
                partition, entry.position().toString(), kept, "Cannot decode it as a row: " + cause.getMessage());
    }

    List<BadRow> bad() {
        return bad;
    }

    /** The rows that were added; the builder is empty afterwards. */
    RecordBatch build() {
        List<LogPosition> positions = taken.stream().map(LogEntry::position).toList();
        long[] times = taken.stream().mapToLong(entry -> entry.millis() * 1_000).toArray();
        return builder.build().withEventTimes(times).withOrigin(new Place(partition, positions));
    }

    /** Where rows came from. */
    private record Place(String name, List<LogPosition> positions) implements Origin {
        @Override
        public String partition(int row) {
            return name;
        }

        @Override
        public String position(int row) {
            return positions.get(row).toString();
        }
    }
}
