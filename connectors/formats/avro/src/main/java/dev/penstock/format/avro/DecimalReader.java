package dev.penstock.format.avro;

import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.format.BadRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.apache.avro.Schema;

/** Makes readers of decimals; what a column has no digits for is refused, not rounded. */
final class DecimalReader {
    private DecimalReader() {}

    static Optional<ValueReader> of(Schema writer, DataType.Decimal type, ColumnBuilder into) {
        if (writer.getType() == Schema.Type.INT || writer.getType() == Schema.Type.LONG) {
            return writer.getLogicalType() == null
                    ? Optional.of(in -> append(BigDecimal.valueOf(in.readLong()), type, into))
                    : Optional.empty();
        }
        return Logical.decimal(writer).map(decimal -> reader(writer, decimal.getScale(), type, into));
    }

    private static ValueReader reader(Schema writer, int scale, DataType.Decimal type, ColumnBuilder into) {
        boolean fixed = writer.getType() == Schema.Type.FIXED;
        int size = fixed ? writer.getFixedSize() : 0;
        long limit = type.fitsLong() ? BigInteger.TEN.pow(type.precision()).longValueExact() : 0;
        return in -> {
            int length = fixed ? size : Texts.length(in);
            int from = in.take(length);
            if (type.fitsLong() && scale == type.scale() && length > 0 && length <= Long.BYTES) {
                long unscaled = unscaled(in.data(), from, length);
                if (unscaled >= limit || unscaled <= -limit) {
                    throw tooLong(type);
                }
                ((LongColumnBuilder) into).append(unscaled);
            } else if (length == 0) {
                throw new BadRecordException("expected " + type.text() + ", found no bytes");
            } else {
                append(new BigDecimal(new BigInteger(in.data(), from, length), scale), type, into);
            }
        };
    }

    private static long unscaled(byte[] data, int from, int length) {
        long value = data[from];
        for (int i = 1; i < length; i++) {
            value = (value << Byte.SIZE) | (data[from + i] & 0xff);
        }
        return value;
    }

    private static void append(BigDecimal value, DataType.Decimal type, ColumnBuilder into) {
        BigInteger unscaled;
        try {
            unscaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue();
        } catch (ArithmeticException e) {
            throw new BadRecordException("expected " + type.text() + ", found more digits after the point");
        }
        if (unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
            throw tooLong(type);
        }
        if (type.fitsLong()) {
            ((LongColumnBuilder) into).append(unscaled.longValueExact());
        } else {
            byte[] bytes = unscaled.toByteArray();
            ((BytesColumnBuilder) into).append(bytes, 0, bytes.length);
        }
    }

    private static BadRecordException tooLong(DataType.Decimal type) {
        return new BadRecordException("expected " + type.text() + ", found more digits");
    }
}
