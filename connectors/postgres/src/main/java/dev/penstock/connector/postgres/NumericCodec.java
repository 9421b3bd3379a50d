package dev.penstock.connector.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.LongColumnBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Decimal numbers. With a precision and a scale they are decimals; without, any number of digits may come, and NaN and
 * infinities, so they are text.
 */
sealed interface NumericCodec extends ValueCodec {
    /** The modifier is the precision and the scale, which has 11 bits and a sign, plus this. */
    int MODIFIER_OFFSET = 4;

    /** What {@code numeric} with {@code modifier} is. */
    static ScalarType type(int modifier) {
        if (modifier < MODIFIER_OFFSET) {
            return new ScalarType(DataType.STRING, new AsText());
        }
        int precision = ((modifier - MODIFIER_OFFSET) >>> 16) & 0xffff;
        int scale = (((modifier - MODIFIER_OFFSET) & 0x7ff) ^ 1024) - 1024;
        if (scale < 0 || scale > precision) {
            return new ScalarType(DataType.STRING, new AsText());
        }
        DataType.Decimal type = DataType.decimal(precision, scale);
        return new ScalarType(type, type.fitsLong() ? new AsLong(scale) : new AsBytes(scale));
    }

    /** Text with the digits that the server shows. */
    record AsText() implements NumericCodec {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            BytesColumnBuilder values = (BytesColumnBuilder) into;
            return (bytes, from, length) -> {
                byte[] text = new NumericBytes(bytes, from).text().getBytes(ISO_8859_1);
                values.append(text, 0, text.length);
            };
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            return ((BytesColumnBuilder) into)::append;
        }

        @Override
        public ValueWriter writer(Column from) {
            BytesColumn values = (BytesColumn) from;
            return (row, out) -> NumericBytes.write(values.string(row), out);
        }
    }

    /** Up to 18 digits. */
    record AsLong(int scale) implements NumericCodec {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(new NumericBytes(bytes, from).unscaledLong(scale));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(
                    unscaled(TextNumber.ascii(bytes, from, length), scale).longValueExact());
        }

        @Override
        public ValueWriter writer(Column from) {
            LongColumn values = (LongColumn) from;
            return (row, out) -> NumericBytes.write(BigDecimal.valueOf(values.get(row), scale), out);
        }
    }

    /** More than 18 digits. */
    record AsBytes(int scale) implements NumericCodec {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            BytesColumnBuilder values = (BytesColumnBuilder) into;
            return (bytes, from, length) -> append(values, unscaled(new NumericBytes(bytes, from).text(), scale));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            BytesColumnBuilder values = (BytesColumnBuilder) into;
            return (bytes, from, length) -> append(values, unscaled(TextNumber.ascii(bytes, from, length), scale));
        }

        private static void append(BytesColumnBuilder values, BigInteger unscaled) {
            byte[] bytes = unscaled.toByteArray();
            values.append(bytes, 0, bytes.length);
        }

        @Override
        public ValueWriter writer(Column from) {
            BytesColumn values = (BytesColumn) from;
            return (row, out) -> NumericBytes.write(
                    new BigDecimal(new BigInteger(values.data(), values.start(row), values.length(row)), scale), out);
        }
    }

    private static BigInteger unscaled(String text, int scale) {
        try {
            return new BigDecimal(text).setScale(scale).unscaledValue();
        } catch (NumberFormatException e) {
            throw new ValueException(text + " is not a decimal number");
        }
    }
}
