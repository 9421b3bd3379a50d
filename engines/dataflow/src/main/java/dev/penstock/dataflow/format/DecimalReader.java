package dev.penstock.dataflow.format;

import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import java.math.BigDecimal;

/** Reads decimals as Kafka Connect encodes them into decimal columns. */
final class DecimalReader {
    private final DataType.Decimal type;
    private final ColumnBuilder into;
    private final EncodedDecimal decimal;

    DecimalReader(DataType.Decimal type, ColumnBuilder into, ConnectType from) {
        this.type = type;
        this.into = into;
        this.decimal = new EncodedDecimal(from.number(ConnectType.SCALE).orElse(type.scale()));
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
        try {
            into.appendValue(value);
        } catch (ArithmeticException e) {
            throw new ValueException("expected " + type.text() + ", found a number with more digits");
        }
    }
}
