package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the bytes that the server keeps: the operation, then each value, every type exactly. Immutable, so safe for
 * use from any thread.
 */
final class RowCodec {
    private static final int MAGIC = 0x70;

    private final Schema schema;

    /** A codec of rows of {@code schema}. */
    RowCodec(Schema schema) {
        this.schema = requireNonNull(schema, "schema");
    }

    byte[] encode(Row row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(MAGIC);
            out.writeByte(row.operation().code());
            for (int column = 0; column < schema.size(); column++) {
                @Nullable Object value = row.get(column);
                ValueCodec.write(out, schema.field(column).type(), value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The operation of an encoded row. */
    static Operation operation(byte[] row) {
        return Operation.of(row[1]);
    }

    /**
     * The row in {@code content}.
     *
     * @throws IOException if no row of the schema is in there
     */
    Row decode(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        int first = in.read();
        if (first != MAGIC) {
            throw new IOException("it begins with byte " + first + " where a row begins with " + MAGIC);
        }
        Operation operation = Operation.of(in.readByte());
        @Nullable Object[] values = new Object[schema.size()];
        for (int column = 0; column < values.length; column++) {
            DataType type = schema.field(column).type();
            values[column] = ValueCodec.read(in, type);
        }
        return Row.of(schema, values).with(operation);
    }
}
