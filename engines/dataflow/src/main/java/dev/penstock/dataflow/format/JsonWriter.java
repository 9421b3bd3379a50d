package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.StructColumn;

/** Writes the values of one column as JSON, without a line break in them. */
interface JsonWriter {
    /**
     * Writes the value of {@code row}, which is not null.
     *
     * @throws ValueException if it cannot be written; a part of it may have been
     */
    void write(int row, ByteOutput out);

    /** Makes the writers of values that are neither lists nor structs nor maps. */
    interface Scalars {
        JsonWriter of(Column column);
    }

    /** A writer of the values of {@code column}. */
    static JsonWriter of(Column column) {
        return of(column, JsonWriter::scalar);
    }

    /** A writer of the values of {@code column}, those in them written as {@code scalars} has it. */
    static JsonWriter of(Column column, Scalars scalars) {
        if (column instanceof ListColumn lists) {
            JsonWriter elements = nullable(lists.elements(), scalars);
            return (row, out) -> array(elements, lists.offsets()[row], lists.offsets()[row + 1], out);
        }
        if (column instanceof FixedListColumn vectors) {
            JsonWriter elements = of(vectors.elements(), scalars);
            int size = vectors.type().size();
            return (row, out) -> array(elements, row * size, (row + 1) * size, out);
        }
        if (column instanceof StructColumn structs) {
            ObjectWriter writer = new ObjectWriter(
                    structs.type().schema().names(), structs.fields(), field -> nullable(field, scalars));
            return writer::write;
        }
        return column instanceof MapColumn maps ? map(maps, scalars) : scalars.of(column);
    }

    /** As {@link #of}, for rows that may be null. */
    static JsonWriter nullable(Column column) {
        return nullable(column, JsonWriter::scalar);
    }

    /** As {@link #of(Column, Scalars)}, for rows that may be null. */
    static JsonWriter nullable(Column column, Scalars scalars) {
        JsonWriter writer = of(column, scalars);
        if (column.validity().allValid()) {
            return writer;
        }
        return (row, out) -> {
            if (column.isNull(row)) {
                out.put(JsonStrings.NULL);
            } else {
                writer.write(row, out);
            }
        };
    }

    /** As JSON formats without types of their own write them. */
    static JsonWriter scalar(Column column) {
        DataType type = column.type();
        TextWriter text = TextWriter.of(column);
        if (column instanceof BytesColumn bytes && type == DataType.STRING) {
            return (row, out) -> JsonStrings.put(bytes.data(), bytes.start(row), bytes.start(row + 1), out);
        }
        if (column instanceof BytesColumn bytes && type == DataType.JSON) {
            JsonScanner scanner = new JsonScanner();
            return (row, out) -> JsonStrings.putRaw(bytes.data(), bytes.start(row), bytes.start(row + 1), scanner, out);
        }
        if (column instanceof DoubleColumn doubles) {
            return (row, out) -> writeFloating(Double.isFinite(doubles.get(row)), text, row, out);
        }
        if (column instanceof FloatColumn floats) {
            return (row, out) -> writeFloating(Float.isFinite(floats.get(row)), text, row, out);
        }
        return isBare(type) ? text::write : (row, out) -> writeQuoted(text, row, out);
    }

    private static boolean isBare(DataType type) {
        return type == DataType.BOOLEAN
                || type == DataType.INT8
                || type == DataType.INT16
                || type == DataType.INT32
                || type == DataType.INT64
                || type instanceof DataType.Decimal;
    }

    private static void writeFloating(boolean finite, TextWriter text, int row, ByteOutput out) {
        if (finite) {
            text.write(row, out);
        } else {
            writeQuoted(text, row, out);
        }
    }

    private static void writeQuoted(TextWriter text, int row, ByteOutput out) {
        out.put('"');
        text.write(row, out);
        out.put('"');
    }

    private static void array(JsonWriter elements, int from, int to, ByteOutput out) {
        out.put('[');
        for (int i = from; i < to; i++) {
            if (i > from) {
                out.put(',');
            }
            elements.write(i, out);
        }
        out.put(']');
    }

    private static JsonWriter map(MapColumn maps, Scalars scalars) {
        JsonWriter values = nullable(maps.values(), scalars);
        TextWriter keys = TextWriter.of(maps.keys());
        ByteOutput key = new ByteOutput(32);
        return (row, out) -> {
            out.put('{');
            for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
                if (i > maps.offsets()[row]) {
                    out.put(',');
                }
                key.truncate(0);
                keys.write(i, key);
                JsonStrings.put(key.data(), 0, key.size(), out);
                out.put(':');
                values.write(i, out);
            }
            out.put('}');
        };
    }

    /** {@code name} as it stands before a value: quoted, escaped, with a colon. */
    static byte[] prefix(String name) {
        ByteOutput out = new ByteOutput(name.length() + 4);
        byte[] bytes = name.getBytes(UTF_8);
        JsonStrings.put(bytes, 0, bytes.length, out);
        out.put(':');
        return java.util.Arrays.copyOf(out.data(), out.size());
    }
}
