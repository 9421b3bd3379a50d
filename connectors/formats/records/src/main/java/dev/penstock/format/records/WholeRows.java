package dev.penstock.format.records;

import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row of a file that is read as a whole: its bytes, or its text and what is known about it. */
public final class WholeRows {
    /** The rows of records. */
    public static final Schema RECORD = Schema.of(Payload.FIELD);

    /** The rows of documents. */
    public static final Schema DOCUMENT = new Schema(
            List.of(
                    Field.required("path", DataType.STRING),
                    Field.of("text", DataType.STRING),
                    Field.of("size", DataType.INT64),
                    Field.of("modified", DataType.TIMESTAMP),
                    Field.of("sha256", DataType.STRING)),
            List.of("path"));

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final String id;
    private final String path;
    private final boolean document;

    /** Rows of the partition {@code id}, named {@code path} in documents. */
    public WholeRows(String id, String path, boolean document) {
        this.id = id;
        this.path = path;
        this.document = document;
    }

    /** The columns of the row. */
    public Schema schema() {
        return document ? DOCUMENT : RECORD;
    }

    /**
     * The row of {@code content}.
     *
     * @throws CharacterCodingException if it should be text and is not UTF-8
     */
    public RecordBatch row(byte[] content, Operation operation, Instant modified, Bytes sha256)
            throws CharacterCodingException {
        if (!document) {
            return batch(Operation.INSERT, Bytes.copyOf(content));
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
        String unmarked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        return batch(
                operation,
                path,
                unmarked,
                (long) content.length,
                modified.truncatedTo(ChronoUnit.MICROS),
                HexFormat.of().formatHex(sha256.toArray()));
    }

    /** The row that says that the document is gone. */
    public RecordBatch gone() {
        return batch(Operation.DELETE, path, null, null, null, null);
    }

    private RecordBatch batch(Operation operation, @Nullable Object... values) {
        BatchBuilder builder = new BatchBuilder(schema(), 1);
        builder.append(Row.of(schema(), values).with(operation));
        return builder.build().withOrigin(new WholeOrigin(id));
    }

    /** The start of a file. */
    private record WholeOrigin(String partition) implements Origin {
        @Override
        public String partition(int row) {
            return partition;
        }

        @Override
        public String position(int row) {
            return "byte 0";
        }
    }
}
