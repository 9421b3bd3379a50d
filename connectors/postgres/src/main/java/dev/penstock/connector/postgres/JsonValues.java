package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Values;
import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.ObjectColumn;
import dev.penstock.spi.data.StructColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes writers of the values of columns as JSON. Immutable. */
final class JsonValues {
    private final boolean debezium;

    JsonValues(Values values) {
        this.debezium = values == Values.DEBEZIUM;
    }

    /** Writes the value of a row. */
    interface Writer {
        void write(int row, JsonOutput out);
    }

    /** A writer of {@code column}, whose values may be null, or unchanged. */
    Writer of(Column column) {
        Writer writer = present(column);
        if (column.validity().allValid()) {
            return writer;
        }
        String unchanged = Placeholder.of(column.type());
        return (row, out) -> {
            if (column.isUnchanged(row)) {
                out.ascii(unchanged);
            } else if (column.isNull(row)) {
                out.ascii("null");
            } else {
                writer.write(row, out);
            }
        };
    }

    private Writer present(Column column) {
        if (column instanceof BooleanColumn booleans) {
            return (row, out) -> out.ascii(booleans.get(row) ? "true" : "false");
        }
        if (column instanceof IntColumn ints) {
            return ints.type() == DataType.DATE && !debezium
                    ? (row, out) -> quoted(LocalDate.ofEpochDay(ints.get(row)).toString(), out)
                    : (row, out) -> out.ascii(Integer.toString(ints.get(row)));
        }
        if (column instanceof LongColumn longs) {
            return ofLongs(longs);
        }
        if (column instanceof FloatColumn floats) {
            return (row, out) -> floating(Float.isFinite(floats.get(row)), Float.toString(floats.get(row)), out);
        }
        if (column instanceof DoubleColumn doubles) {
            return (row, out) -> floating(Double.isFinite(doubles.get(row)), Double.toString(doubles.get(row)), out);
        }
        return column instanceof BytesColumn bytes ? ofBytes(bytes) : nested(column);
    }

    private static void quoted(String ascii, JsonOutput out) {
        out.put('"');
        out.ascii(ascii);
        out.put('"');
    }

    private static void floating(boolean finite, String text, JsonOutput out) {
        if (finite) {
            out.ascii(text);
        } else {
            quoted(text, out);
        }
    }

    private Writer ofLongs(LongColumn longs) {
        if (longs.type() instanceof DataType.Decimal decimal) {
            return debezium
                    ? (row, out) -> base64(BigInteger.valueOf(longs.get(row)).toByteArray(), out)
                    : (row, out) -> out.ascii(
                            BigDecimal.valueOf(longs.get(row), decimal.scale()).toPlainString());
        }
        boolean isText = longs.type() instanceof DataType.Timestamp timestamp
                ? timestamp.zoned() || !debezium
                : longs.type() == DataType.TIME && !debezium;
        // The text of java.time, whose digits go as far as the value has them.
        return isText
                ? (row, out) -> quoted(String.valueOf(longs.value(row)), out)
                : (row, out) -> out.ascii(Long.toString(longs.get(row)));
    }

    private static void base64(byte[] bytes, JsonOutput out) {
        quoted(Base64.getEncoder().encodeToString(bytes), out);
    }

    private Writer ofBytes(BytesColumn bytes) {
        DataType type = bytes.type();
        if (type instanceof DataType.Decimal decimal) {
            return debezium
                    ? (row, out) -> base64(bytes.bytes(row), out)
                    : (row, out) -> out.ascii(
                            new BigDecimal(new BigInteger(bytes.bytes(row)), decimal.scale()).toPlainString());
        }
        if (type == DataType.BYTES) {
            return (row, out) -> base64(bytes.bytes(row), out);
        }
        if (type == DataType.UUID) {
            return (row, out) -> quoted(String.valueOf(bytes.value(row)), out);
        }
        return type == DataType.JSON && !debezium
                ? (row, out) -> out.raw(bytes.data(), bytes.start(row), bytes.length(row))
                : (row, out) -> out.string(bytes.data(), bytes.start(row), bytes.length(row));
    }

    private Writer nested(Column column) {
        if (column instanceof ListColumn lists) {
            Writer elements = of(lists.elements());
            return (row, out) -> array(elements, lists.offsets()[row], lists.offsets()[row + 1], out);
        }
        if (column instanceof FixedListColumn vectors) {
            Writer elements = of(vectors.elements());
            int size = vectors.type().size();
            return (row, out) -> array(elements, row * size, (row + 1) * size, out);
        }
        if (column instanceof StructColumn structs) {
            return new JsonObject(structs.type().schema().names(), structs.fields(), this)::write;
        }
        if (column instanceof MapColumn maps) {
            return map(maps);
        }
        throw new IllegalArgumentException(
                column instanceof ObjectColumn ? "Cannot write objects of a program" : "Cannot write " + column.type());
    }

    private static void array(Writer elements, int from, int to, JsonOutput out) {
        out.put('[');
        for (int index = from; index < to; index++) {
            if (index > from) {
                out.put(',');
            }
            elements.write(index, out);
        }
        out.put(']');
    }

    private Writer map(MapColumn maps) {
        Writer values = of(maps.values());
        return (row, out) -> {
            out.put('{');
            for (int index = maps.offsets()[row]; index < maps.offsets()[row + 1]; index++) {
                if (index > maps.offsets()[row]) {
                    out.put(',');
                }
                out.string(String.valueOf(maps.keys().value(index)));
                out.put(':');
                values.write(index, out);
            }
            out.put('}');
        };
    }

    /** Writers of {@code columns}. */
    List<Writer> of(List<Column> columns) {
        List<Writer> writers = new ArrayList<>(columns.size());
        columns.forEach(column -> writers.add(of(column)));
        return writers;
    }
}
