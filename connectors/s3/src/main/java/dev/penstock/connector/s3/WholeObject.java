package dev.penstock.connector.s3;

import dev.penstock.connector.s3.ObjectFetch.Piece;
import dev.penstock.connector.s3.ShardPartition.Shard;
import dev.penstock.format.records.WholeRows;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.Poll;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes one row of an object: its bytes, or its text and what is known about it. */
final class WholeObject implements ObjectRows {
    private final String partition;
    private final Shard shard;
    private final ShardState state;
    private final ObjectVersion object;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean whole;
    private boolean given;

    WholeObject(String partition, Shard shard, ShardState state, ObjectVersion object) {
        this.partition = partition;
        this.shard = shard;
        this.state = state;
        this.object = object;
    }

    @Override
    public void add(Piece piece) {
        content.write(piece.bytes(), 0, piece.length());
        whole = piece.last();
    }

    @Override
    public Optional<Poll> cut(int maxRows, long maxBytes) {
        boolean tooLarge = content.size() > shard.settings().maxRecordBytes();
        if (given || !(whole || tooLarge)) {
            return Optional.empty();
        }
        given = true;
        boolean known = state.done().containsKey(object.key());
        byte[] bytes = content.toByteArray();
        if (tooLarge) {
            return Optional.of(bad(
                    bytes,
                    "The object is larger than " + shard.settings().maxRecordBytes()
                            + " bytes; raise 'max-record-bytes' to read it"));
        }
        boolean document = shard.settings().framing() == Framing.DOCUMENT;
        WholeRows rows = new WholeRows(partition, ObjectRows.path(shard, object.key()), document);
        try {
            RecordBatch batch =
                    rows.row(bytes, known ? Operation.UPDATE : Operation.READ, object.modified(), digest(bytes));
            state.finish(object.key(), object.etag());
            return Optional.of(new Poll.Rows(batch, state.encode()));
        } catch (CharacterCodingException e) {
            return Optional.of(
                    bad(bytes, "The object is no UTF-8 text; leave it out by the glob or use another format"));
        }
    }

    private Poll bad(byte[] bytes, String cause) {
        byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, BadRow.MAX_BYTES));
        state.finish(object.key(), object.etag());
        BadRow row = new BadRow(partition, object.key() + " byte 0", Bytes.copyOf(first), cause);
        return new Poll.Rows(RecordBatch.empty(shard.schema()), state.encode(), List.of(row));
    }

    private static Bytes digest(byte[] content) {
        try {
            return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot find SHA-256, which every JDK has", e);
        }
    }

    @Override
    public boolean isDone() {
        return given;
    }
}
