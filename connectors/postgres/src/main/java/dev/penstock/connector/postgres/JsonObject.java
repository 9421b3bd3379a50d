package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the rows of some columns as JSON objects. Not thread safe. */
final class JsonObject {
    private final byte[][] names;
    private final List<JsonValues.Writer> writers;

    JsonObject(List<String> names, List<Column> columns, JsonValues values) {
        this.names = names.stream()
                .map(name -> JsonOutput.quoted(name).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.writers = values.of(columns);
    }

    void write(int row, JsonOutput out) {
        out.put('{');
        for (int index = 0; index < names.length; index++) {
            if (index > 0) {
                out.put(',');
            }
            out.raw(names[index], 0, names[index].length);
            out.put(':');
            writers.get(index).write(row, out);
        }
        out.put('}');
    }
}
