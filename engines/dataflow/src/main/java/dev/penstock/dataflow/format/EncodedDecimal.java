package dev.penstock.dataflow.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Decimals as Kafka Connect and Debezium encode them: the unscaled value, big endian, in base64. */
final class EncodedDecimal {
    /** PostgreSQL's numbers have up to 16,383 digits behind the point; more would be made to fill memory. */
    private static final int LARGEST_SCALE = 20_000;

    private static final List<String> PARTS = List.of("scale", "value");

    private final int scale;
    private final FieldNames names = new FieldNames(PARTS);

    /** @param scale of values that do not say theirs */
    EncodedDecimal(int scale) {
        this.scale = scale;
    }

    /** The last string of {@code in}. */
    BigDecimal unscaled(JsonScanner in) {
        return new BigDecimal(number(in), scale);
    }

    private static BigInteger number(JsonScanner in) {
        byte[] bytes = Binary.bytes(DebeziumOptions.Binaries.BASE64, in.stringBytes(), in.stringFrom(), in.stringTo());
        if (bytes.length == 0) {
            throw new ValueException("expected an encoded decimal, found an empty string");
        }
        return new BigInteger(bytes);
    }

    /** The object with scale and value that is next. */
    BigDecimal scaled(JsonScanner in) {
        BigInteger number = null;
        long own = Long.MIN_VALUE;
        in.expect('{');
        int previous = -1;
        do {
            previous = names.read(in, previous);
            in.expect(':');
            if (previous == 0) {
                own = in.readWholeNumber();
            } else if (previous == 1) {
                in.readString();
                number = number(in);
            } else {
                in.skipValue();
            }
        } while (in.accept(','));
        in.expect('}');
        if (number == null || Math.abs(own) > LARGEST_SCALE || own == Long.MIN_VALUE) {
            throw new ValueException("expected a decimal, found an object without a scale and a value");
        }
        return new BigDecimal(number, (int) own);
    }
}
