package dev.penstock.connector.postgres;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import java.math.BigDecimal;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes a column of the type that a table has out of one that rows have, without changing what any value says. */
@FunctionalInterface
interface ColumnConversion {
    /** The column; rows whose value cannot be had are rejected, and null. */
    Column convert(Column from, Rejections rejections);

    /** How values of {@code from} become values of {@code to}, if all or most can. */
    static Optional<ColumnConversion> between(DataType from, PostgresType to) {
        DataType wanted = to.dataType();
        if (from.text().equals(wanted.text())) {
            return Optional.of((column, rejections) -> column);
        }
        if (isText(from) && isText(wanted) && (wanted == DataType.JSON || to.codec() == BytesCodec.TEXT)) {
            return Optional.of((column, rejections) -> retyped((BytesColumn) column, wanted));
        }
        if (wanted == DataType.STRING && to.codec() instanceof NumericCodec) {
            return isExact(from) ? each(wanted, value -> decimal(value).toPlainString()) : Optional.empty();
        }
        return isWidening(from, wanted) ? each(wanted, converter(wanted)) : Optional.empty();
    }

    private static boolean isText(DataType type) {
        return type == DataType.STRING || type == DataType.JSON;
    }

    private static boolean isWhole(DataType type) {
        return type == DataType.INT8 || type == DataType.INT16 || type == DataType.INT32 || type == DataType.INT64;
    }

    private static boolean isExact(DataType type) {
        return isWhole(type) || type instanceof DataType.Decimal;
    }

    private static boolean isWidening(DataType from, DataType to) {
        if (to instanceof DataType.Decimal) {
            return isExact(from);
        }
        if (isWhole(to)) {
            return isWhole(from) && bits(from) < bits(to);
        }
        if (to == DataType.FLOAT64) {
            return from == DataType.FLOAT32 || (isWhole(from) && from != DataType.INT64);
        }
        if (to instanceof DataType.Timestamp timestamp) {
            return from instanceof DataType.Timestamp given && given.zoned() == timestamp.zoned();
        }
        return isVectorOf(from, to) || isVectorOf(to, from);
    }

    private static boolean isVectorOf(DataType vector, DataType list) {
        return vector instanceof DataType.FixedList fixed
                && list instanceof DataType.ListOf of
                && fixed.element() == of.element();
    }

    private static int bits(DataType type) {
        return type == DataType.INT8 ? 8 : type == DataType.INT16 ? 16 : type == DataType.INT32 ? 32 : 64;
    }

    private static Function<Object, Object> converter(DataType to) {
        if (to instanceof DataType.Decimal decimal) {
            return value -> decimal(value).setScale(decimal.scale());
        }
        if (to instanceof DataType.Timestamp) {
            return ColumnConversion::wholeMicros;
        }
        if (to == DataType.FLOAT64) {
            return value -> ((Number) value).doubleValue();
        }
        return value -> value instanceof float[] vector ? floats(vector) : value;
    }

    private static Object wholeMicros(Object value) {
        int nanos = ((TemporalAccessor) value).get(ChronoField.NANO_OF_SECOND);
        if (nanos % 1000 != 0) {
            throw new ArithmeticException("has nanoseconds, where the table keeps microseconds");
        }
        return value;
    }

    private static Object floats(float[] vector) {
        Float[] values = new Float[vector.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = vector[i];
        }
        return List.of(values);
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) value).longValue());
    }

    private static Column retyped(BytesColumn column, DataType type) {
        return new BytesColumn(type, column.offsets(), column.data(), column.validity());
    }

    private static Optional<ColumnConversion> each(DataType to, Function<Object, ?> function) {
        return Optional.of((column, rejections) -> {
            ColumnBuilder into = ColumnBuilder.of(to, column.size());
            for (int row = 0; row < column.size(); row++) {
                Object value = column.value(row);
                try {
                    if (column.isUnchanged(row)) {
                        into.appendUnchanged();
                    } else {
                        into.appendValue(value == null ? null : function.apply(value));
                    }
                } catch (ArithmeticException e) {
                    into.truncate(row);
                    into.appendNull();
                    rejections.add(row, "value " + value + ": " + e.getMessage());
                }
            }
            return into.build();
        });
    }
}
