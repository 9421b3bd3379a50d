package dev.penstock.connector.s3;

import dev.penstock.connector.s3.ObjectFetch.Piece;
import dev.penstock.connector.s3.ShardPartition.Shard;
import dev.penstock.connector.s3.ShardState.Place;
import dev.penstock.format.records.RecordCutter;
import dev.penstock.format.records.RecordEnds;
import dev.penstock.format.records.RecordOrigin;
import dev.penstock.format.records.WholeRows;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.DataException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Poll;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cuts an object into lines or csv records. */
final class RecordObject implements ObjectRows {
    private static final int BLOCK_BYTES = 256 * 1024;

    private final String partition;
    private final Shard shard;
    private final ShardState state;
    private final ObjectFetch fetch;
    private final RecordEnds ends;
    private final RecordCutter cutter;
    private Optional<String> header;
    private Piece piece = new Piece(new byte[0], 0, false);
    private int used;
    private boolean over;

    RecordObject(String partition, Shard shard, ShardState state, ObjectFetch fetch) {
        this.partition = partition;
        this.shard = shard;
        this.state = state;
        this.fetch = fetch;
        this.ends = RecordEnds.of(shard.settings().framing());
        this.cutter = new RecordCutter(ends, shard.settings().maxRecordBytes(), BLOCK_BYTES);
        Optional<Place> place =
                state.place().filter(known -> known.key().equals(fetch.object().key()));
        this.header = place.flatMap(Place::header);
        cutter.restart(place.map(Place::offset).orElse(0L));
    }

    @Override
    public void add(Piece next) {
        piece = next;
        used = 0;
    }

    @Override
    public Optional<Poll> cut(int maxRows, long maxBytes) {
        while (true) {
            boolean last = piece.last() && used == piece.length();
            cutter.passByteOrderMark();
            if (!needsHeader() || header(last)) {
                RecordCutter.Cut cut = cutter.cut(maxRows, maxBytes, last);
                if (!cut.isEmpty()) {
                    return Optional.of(rows(cut));
                }
            }
            if (used == piece.length()) {
                over = last;
                return Optional.empty();
            }
            fill();
        }
    }

    private void fill() {
        try {
            cutter.fill(
                    (into, from, length) -> {
                        int count = Math.min(length, piece.length() - used);
                        System.arraycopy(piece.bytes(), used, into, from, count);
                        used += count;
                        return count;
                    },
                    piece.length() - used);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory alone is read
        }
    }

    private boolean needsHeader() {
        return ends.skipsEmpty() && header.isEmpty();
    }

    private boolean header(boolean last) {
        RecordCutter.Cut cut = cutter.cut(1, Long.MAX_VALUE, last);
        if (!cut.faults().isEmpty()) {
            throw new DataException(
                    "Cannot read '" + shard.bucket().shown(fetch.object().key()) + "': its header line is longer than "
                            + shard.settings().maxRecordBytes()
                            + " bytes; raise 'max-record-bytes' or leave the object out");
        }
        if (cut.records().size() > 0) {
            header = Optional.of(cut.records().string(0));
        }
        return cut.records().size() > 0;
    }

    private Poll rows(RecordCutter.Cut cut) {
        String key = fetch.object().key();
        Map<String, String> attributes =
                header.map(line -> Map.of(Payload.HEADER, line)).orElse(Map.of());
        RecordBatch batch = RecordBatch.of(WholeRows.RECORD, cut.records().size(), List.of(cut.records()))
                .withOrigin(new ObjectOrigin(key, new RecordOrigin(partition, cut.base(), cut.starts(), attributes)));
        List<BadRow> bad = new ArrayList<>(cut.faults().size());
        for (RecordCutter.Fault fault : cut.faults()) {
            BadRow row = fault.toBadRow(partition);
            bad.add(new BadRow(row.partition(), key + " " + row.position(), row.bytes(), row.cause()));
        }
        state.moveTo(new Place(key, fetch.object().etag(), cutter.offset(), fetch.packed(), header));
        return new Poll.Rows(batch, state.encode(), bad);
    }

    @Override
    public boolean isDone() {
        return over;
    }
}
