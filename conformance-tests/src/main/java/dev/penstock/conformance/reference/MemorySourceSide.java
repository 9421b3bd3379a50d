package dev.penstock.conformance.reference;

import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
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
}
