package dev.penstock.conformance.reference;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.TypeParser;
import java.util.ArrayList;
import java.util.List;

/** Schemas on the wire: a line for each column with its name, its type and whether it may be null. */
final class SchemaText {
    private static final String MAY_BE_NULL = "?";
    private static final String NEVER_NULL = "!";

    private SchemaText() {}

    static byte[] write(Schema schema) {
        StringBuilder text = new StringBuilder();
        for (Field field : schema.fields()) {
            text.append(field.name()).append('\t');
            text.append(field.type().text()).append('\t');
            text.append(field.nullable() ? MAY_BE_NULL : NEVER_NULL).append('\n');
        }
        return Frames.text(text + String.join("\t", schema.key()));
    }

    static Schema read(String text) {
        List<Field> fields = new ArrayList<>();
        List<String> lines = List.of(text.split("\n", -1));
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] parts = line.split("\t", -1);
            DataType type = TypeParser.parse(parts[1]);
            fields.add(parts[2].equals(NEVER_NULL) ? Field.required(parts[0], type) : Field.of(parts[0], type));
        }
        String key = lines.get(lines.size() - 1);
        return new Schema(fields, key.isEmpty() ? List.of() : List.of(key.split("\t")));
    }
}
