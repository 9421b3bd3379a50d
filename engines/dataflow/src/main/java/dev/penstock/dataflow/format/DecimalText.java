package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.BytesColumnBuilder;
import java.math.BigDecimal;

/** Reads decimals as Kafka Connect encodes them into strings of digits: for numbers whose scale nobody knows. */
final class DecimalText {
    private final BytesColumnBuilder into;
    private final EncodedDecimal decimal;

    DecimalText(BytesColumnBuilder into, ConnectType from) {
        this.into = into;
        this.decimal = new EncodedDecimal(from.number(ConnectType.SCALE).orElse(0));
    }

    /** Reads the object of scale and value that comes next. */
    void readScaled(JsonScanner in) {
        append(decimal.scaled(in));
    }

    /** Reads the last string of {@code in}. */
    void readUnscaled(JsonScanner in) {
        append(decimal.unscaled(in));
    }

    private void append(BigDecimal value) {
        byte[] digits = value.toPlainString().getBytes(UTF_8);
        into.append(digits, 0, digits.length);
    }
}
