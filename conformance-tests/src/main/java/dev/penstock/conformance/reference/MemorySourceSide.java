package dev.penstock.conformance.reference;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.TypeMatrix;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The other side of the reference source: the logs themselves. */
final class MemorySourceSide implements SourceSide {
    private static final Schema SCHEMA = NumberedRow.SCHEMA.withKey(List.of(NumberedRow.KEY));
    private static final RowCodec CODEC = new RowCodec(SCHEMA);

    private final LogStore logs;
    private final String name;

    MemorySourceSide(LogStore logs, String name) {
        this.logs = logs;
        this.name = name;
    }

    @Override
    public void create(int partitions) {
        logs.create(name, SCHEMA, partitions);
    }

    @Override
    public Optional<Map<String, Object>> reading(Reading reading) {
        return Optional.of(
                switch (reading) {
                    case BOUNDED -> Map.of();
                    case UNBOUNDED -> Map.of("follow", true);
                    case LATEST -> Map.of("follow", true, "start", "latest");
                    case FROM_NOW ->
                        Map.of(
                                "follow",
                                true,
                                "start",
                                "timestamp",
                                "since",
                                nextMillisecond().toString());
                    case TABLE -> Map.of("follow", true, "start", "table");
                    case PRUNING -> Map.of("follow", true, "prune", true);
                });
    }

    /** The beginning of the next millisecond, which has come: nothing before was appended in it. */
    private static Instant nextMillisecond() {
        long next = System.currentTimeMillis() + 1;
        while (System.currentTimeMillis() < next) {
            Thread.onSpinWait();
        }
        return Instant.ofEpochMilli(next);
    }

    private Log log() {
        return logs.log(name);
    }

    @Override
    public void append(int partition, List<NumberedRow> rows) {
        rows.forEach(row -> appendTogether(partition, List.of(row)));
    }

    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        List<String> keys = rows.stream().map(NumberedRow::key).toList();
        RecordBatch batch = NumberedRow.batch(rows);
        List<byte[]> contents = new ArrayList<>();
        for (Row row : batch.toRows()) {
            contents.add(CODEC.encode(row));
        }
        log().append(partition, keys, contents);
    }

    @Override
    public void addPartition() {
        log().addPartition();
    }

    @Override
    public void removePartition(int partition) {
        log().removePartition(partition);
    }

    @Override
    public void expire(int partition, long sequence) {
        log().expire(partition, Math.toIntExact(sequence));
    }

    @Override
    public void appendPoison(int partition) {
        log().append(partition, List.of(""), List.of(Frames.text("not a row")));
    }

    @Override
    public OptionalLong released(int partition) {
        return OptionalLong.of(log().released(partition));
    }

    @Override
    public void update(NumberedRow row) {
        append(row.partition(), List.of(row));
    }

    @Override
    public void delete(NumberedRow row) {
        append(row.partition(), List.of(row));
    }

    @Override
    public List<Row> appendTypes() {
        Schema schema = TypeMatrix.schema(type -> true);
        List<Row> rows = TypeMatrix.rows(schema);
        logs.create(name, schema.withKey(List.of(TypeMatrix.KEY)), 1);
        RowCodec codec = new RowCodec(schema);
        for (Row row : rows) {
            log().append(0, List.of(row.get(TypeMatrix.KEY, String.class)), List.of(codec.encode(row)));
        }
        return rows;
    }
}
