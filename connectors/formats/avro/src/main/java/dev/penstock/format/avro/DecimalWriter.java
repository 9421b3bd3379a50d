package dev.penstock.format.avro;

import dev.penstock.format.avro.ValueWriter.Binding;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.format.BadRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Makes writers of decimals; what the schema has no digits for is refused, not rounded. */
final class DecimalWriter {
    private DecimalWriter() {}

    static Optional<Binding> of(Schema schema, DataType.Decimal type) {
        int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        return Logical.decimal(schema)
                .map(decimal -> column -> (row, out) -> {
                    byte[] bytes = unscaled(column, row, type, decimal).toByteArray();
                    if (size < 0) {
                        out.writeBytes(bytes, 0, bytes.length);
                    } else {
                        writeFixed(bytes, size, out);
                    }
                });
    }

    private static BigInteger unscaled(Column column, int row, DataType.Decimal type, LogicalTypes.Decimal decimal) {
        BigInteger own = column instanceof LongColumn longs
                ? BigInteger.valueOf(longs.get(row))
                : new BigInteger(((BytesColumn) column).bytes(row));
        BigInteger unscaled = own;
        try {
            unscaled = decimal.getScale() == type.scale()
                    ? own
                    : new BigDecimal(own, type.scale())
                            .setScale(decimal.getScale(), RoundingMode.UNNECESSARY)
                            .unscaledValue();
        } catch (ArithmeticException e) {
            throw new BadRecordException("has more digits after the point than the schema");
        }
        if (decimal.getPrecision() < type.precision() + decimal.getScale() - type.scale()
                && unscaled.abs().compareTo(BigInteger.TEN.pow(decimal.getPrecision())) >= 0) {
            throw new BadRecordException("has more digits than the schema");
        }
        return unscaled;
    }

    private static void writeFixed(byte[] bytes, int size, AvroOutput out) {
        if (bytes.length > size) {
            throw new BadRecordException("does not fit the bytes of the schema");
        }
        int at = out.reserve(size);
        Arrays.fill(out.data(), at, at + size - bytes.length, (byte) (bytes[0] < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, out.data(), at + size - bytes.length, bytes.length);
    }
}
