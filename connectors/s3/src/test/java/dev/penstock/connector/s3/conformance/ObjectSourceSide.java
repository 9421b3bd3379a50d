package dev.penstock.connector.s3.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.LineLayout;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** Puts objects whose keys belong to a certain shard: each {@link #append} is an object of its own. */
final class ObjectSourceSide implements SourceSide {
    /** The longest line that is a row. */
    static final int MAX_LINE = 2 << 20;

    private final KitService service;
    private final String prefix;
    private int shards = 1;
    private int objects;

    ObjectSourceSide(KitService service, String prefix) {
        this.service = service;
        this.prefix = prefix;
    }

    int shards() {
        return shards;
    }

    /** Shards show once there is an object, and an empty one has no rows. */
    @Override
    public void create(int partitions) {
        shards = Math.max(1, partitions);
        if (partitions > 0) {
            put(0, new byte[0]);
        }
    }

    @Override
    public RowLayout layout() {
        return RowLayout.LINES;
    }

    @Override
    public Optional<Map<String, Object>> reading(Reading reading) {
        return switch (reading) {
            case BOUNDED -> Optional.of(Map.of());
            case UNBOUNDED -> Optional.of(Map.of("follow", true));
            case LATEST, FROM_NOW, TABLE, PRUNING -> Optional.empty();
        };
    }

    @Override
    public void append(int partition, List<NumberedRow> rows) {
        if (!rows.isEmpty()) {
            put(partition, lines(rows.stream().map(LineLayout::line).toList()));
        }
    }

    private static byte[] lines(List<String> lines) {
        return lines.stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    private synchronized void put(int partition, byte[] content) {
        int number = objects++;
        int salt = 0;
        while (shard(key(number, salt)) != partition) {
            salt++;
        }
        service.put(key(number, salt), content);
    }

    private String key(int number, int salt) {
        return String.format(Locale.ROOT, "%s%06d-%d.ndjson", prefix, number, salt);
    }

    private int shard(String key) {
        CRC32 hash = new CRC32();
        hash.update(key.getBytes(UTF_8));
        return (int) (hash.getValue() % shards);
    }

    /** All of them in one object. */
    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        append(partition, rows);
    }

    /** Objects that hold such rows are replaced by what is left of them. */
    @Override
    public void expire(int partition, long sequence) {
        for (String key : service.keys(prefix)) {
            List<String> lines = service.text(key).lines().toList();
            List<String> left = lines.stream()
                    .filter(line -> LineLayout.parse(line).sequence() >= sequence)
                    .toList();
            if (shard(key) == partition && left.size() < lines.size()) {
                service.put(key, lines(left));
            }
        }
    }

    /** A line that is too long. */
    @Override
    public void appendPoison(int partition) {
        put(partition, lines(List.of("x".repeat(MAX_LINE + 1))));
    }

    /** Objects do not know who has read them. */
    @Override
    public OptionalLong released(int partition) {
        return OptionalLong.empty();
    }

    /** A line is bytes; what they mean is the decoder's. */
    @Override
    public List<Row> appendTypes() {
        create(1);
        Schema schema = Schema.of(Payload.FIELD);
        List<Row> rows = new ArrayList<>();
        for (byte[] record : List.of(
                " ".getBytes(UTF_8),
                "\uD834\uDD1E and \u0130\u0131Ii\t\u0000".getBytes(UTF_8),
                allButLineEnds(),
                "x".repeat(1 << 20).getBytes(UTF_8))) {
            put(0, record);
            rows.add(Row.of(schema, Bytes.copyOf(record)));
        }
        return rows;
    }

    private static byte[] allButLineEnds() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int value = 0; value < 256; value++) {
            if (value != '\n' && value != '\r') {
                bytes.write(value);
            }
        }
        return bytes.toByteArray();
    }
}
