package dev.penstock.dataflow.format;

import dev.penstock.spi.data.Column;
import java.util.List;

/** Writes rows of columns as JSON objects, null values included. */
final class ObjectWriter {
    private static final byte[] EMPTY = {'{'};

    private final JsonWriter[] writers;
    private final byte[][] prefixes;
    private final List<String> names;

    ObjectWriter(List<String> names, List<Column> columns) {
        this(names, columns, JsonWriter::nullable);
    }

    /** As the other one, with the writers that {@code values} makes. */
    ObjectWriter(List<String> names, List<Column> columns, JsonWriter.Scalars values) {
        this.names = names;
        this.writers = columns.stream().map(values::of).toArray(JsonWriter[]::new);
        this.prefixes = new byte[writers.length][];
        for (int i = 0; i < writers.length; i++) {
            byte[] name = JsonWriter.prefix(names.get(i));
            prefixes[i] = new byte[name.length + 1];
            prefixes[i][0] = (byte) (i == 0 ? '{' : ',');
            System.arraycopy(name, 0, prefixes[i], 1, name.length);
        }
    }

    void write(int row, ByteOutput out) {
        for (int i = 0; i < writers.length; i++) {
            out.put(prefixes[i]);
            try {
                writers[i].write(row, out);
            } catch (ValueException e) {
                throw e.in(names.get(i));
            }
        }
        if (writers.length == 0) {
            out.put(EMPTY);
        }
        out.put('}');
    }
}
