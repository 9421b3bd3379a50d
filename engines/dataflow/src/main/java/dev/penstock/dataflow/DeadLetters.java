package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.Payload;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of what could not be read, transformed or written. Texts and bytes are cut off at
 * {@link BadRow#MAX_BYTES}. Immutable; safe for use from any thread.
 */
public final class DeadLetters {
    /**
     * What a dead letter says: which {@code step} of which {@code pipeline} refused it and why; the {@code partition}
     * and {@code position} it was read from, where known; the {@code row} as JSON, or the record as text if that is all
     * there is; the {@code bytes} of the record, if it was one; the {@code time} it was refused.
     */
    public static final Schema SCHEMA = Schema.of(
            Field.required("pipeline", DataType.STRING),
            Field.required("step", DataType.STRING),
            Field.of("partition", DataType.STRING),
            Field.of("position", DataType.STRING),
            Field.required("cause", DataType.STRING),
            Field.of("row", DataType.STRING),
            Field.of("bytes", DataType.BYTES),
            Field.required("time", DataType.TIMESTAMP));

    private final String pipeline;
    private final Clock clock;

    /** Dead letters of {@code pipeline}. */
    public DeadLetters(String pipeline, Clock clock) {
        this.pipeline = requireNonNull(pipeline, "pipeline");
        this.clock = requireNonNull(clock, "clock");
    }

    /** A row for each of {@code bad}, which the source {@code step} could not make rows of. */
    public RecordBatch ofBad(String step, List<BadRow> bad) {
        BatchBuilder letters = new BatchBuilder(SCHEMA, Math.max(1, bad.size()));
        for (BadRow row : bad) {
            byte[] bytes = row.bytes().toArray();
            append(letters, step, new Place(row.partition(), row.position()), row.cause(), text(bytes), bytes);
        }
        return letters.build();
    }

    /** A row for each of {@code rejected}, which {@code step} could not take from {@code batch}. */
    public RecordBatch ofRejected(String step, RecordBatch batch, List<RejectedRow> rejected) {
        BatchBuilder letters = new BatchBuilder(SCHEMA, Math.max(1, rejected.size()));
        for (RejectedRow row : rejected) {
            int index = row.index();
            Place place =
                    new Place(batch.origin().partition(index), batch.origin().position(index));
            byte @Nullable [] record = record(batch, index);
            append(letters, step, place, row.reason(), shown(batch.row(index), record), record);
        }
        return letters.build();
    }

    private record Place(String partition, String position) {}

    private void append(
            BatchBuilder letters,
            String step,
            Place place,
            String cause,
            @Nullable String row,
            byte @Nullable [] bytes) {
        letters.append(
                pipeline,
                step,
                orNull(place.partition()),
                orNull(place.position()),
                cause,
                row,
                bytes == null ? null : Bytes.copyOf(cut(bytes)),
                clock.instant());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static byte @Nullable [] record(RecordBatch batch, int row) {
        boolean encoded =
                Payload.isIn(batch.schema()) && !batch.column(Payload.COLUMN).isNull(row);
        return encoded ? ((BytesColumn) batch.column(Payload.COLUMN)).bytes(row) : null;
    }

    /** The row as JSON; a record that is all there is, as it is. */
    private static @Nullable String shown(Row row, byte @Nullable [] record) {
        return record != null && row.schema().size() == 1 ? text(record) : cut(JsonText.of(row));
    }

    private static @Nullable String text(byte[] bytes) {
        return decoded(cut(bytes)).or(() -> withoutHalfCharacter(cut(bytes))).orElse(null);
    }

    private static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Where bytes were cut off, the last character may have been cut in two. */
    private static Optional<String> withoutHalfCharacter(byte[] bytes) {
        if (bytes.length < BadRow.MAX_BYTES) {
            return Optional.empty();
        }
        int end = bytes.length - 1;
        while (end > bytes.length - 4 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return decoded(Arrays.copyOf(bytes, end));
    }

    private static byte[] cut(byte[] bytes) {
        return bytes.length <= BadRow.MAX_BYTES ? bytes : Arrays.copyOf(bytes, BadRow.MAX_BYTES);
    }

    private static String cut(String text) {
        if (text.length() <= BadRow.MAX_BYTES) {
            return text;
        }
        int end =
                Character.isHighSurrogate(text.charAt(BadRow.MAX_BYTES - 1)) ? BadRow.MAX_BYTES - 1 : BadRow.MAX_BYTES;
        return text.substring(0, end);
    }
}
