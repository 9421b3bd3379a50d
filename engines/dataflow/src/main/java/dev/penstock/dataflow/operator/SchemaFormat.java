package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.TypeParser;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of rows that are kept in state. Types of one part are written as their text. */
final class SchemaFormat {
    private static final int TEXT = 0;
    private static final int LIST = 1;
    private static final int MAP = 2;
    private static final int STRUCT = 3;

    private SchemaFormat() {}

    static void write(Schema schema, DataOutput out) throws IOException {
        writeFields(schema.fields(), out);
        Lengths.write(schema.key().size(), out);
        for (String column : schema.key()) {
            Lengths.writeText(column, out);
        }
    }

    static Schema read(DataInput in) throws IOException {
        List<Field> fields = readFields(in);
        int count = Lengths.read(in);
        List<String> key = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            key.add(Lengths.readText(in));
        }
        return new Schema(fields, key);
    }

    private static void writeFields(List<Field> fields, DataOutput out) throws IOException {
        Lengths.write(fields.size(), out);
        for (Field field : fields) {
            Lengths.writeText(field.name(), out);
            out.writeBoolean(field.nullable());
            Lengths.write(field.metadata().size(), out);
            for (Map.Entry<String, String> entry : field.metadata().entrySet()) {
                Lengths.writeText(entry.getKey(), out);
                Lengths.writeText(entry.getValue(), out);
            }
            writeType(field.type(), out);
        }
    }

    private static List<Field> readFields(DataInput in) throws IOException {
        int count = Lengths.read(in);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = Lengths.readText(in);
            boolean nullable = in.readBoolean();
            int entries = Lengths.read(in);
            Map<String, String> metadata = new HashMap<>();
            for (int entry = 0; entry < entries; entry++) {
                metadata.put(Lengths.readText(in), Lengths.readText(in));
            }
            fields.add(new Field(name, readType(in), nullable, metadata));
        }
        return fields;
    }

    private static void writeType(DataType type, DataOutput out) throws IOException {
        if (type instanceof DataType.ListOf list) {
            out.writeByte(LIST);
            writeType(list.element(), out);
        } else if (type instanceof DataType.MapOf map) {
            out.writeByte(MAP);
            writeType(map.key(), out);
            writeType(map.value(), out);
        } else if (type instanceof DataType.Struct struct) {
            out.writeByte(STRUCT);
            writeFields(struct.fields(), out);
        } else {
            out.writeByte(TEXT);
            Lengths.writeText(type.text(), out);
        }
    }

    private static DataType readType(DataInput in) throws IOException {
        byte form = in.readByte();
        return switch (form) {
            case TEXT -> readText(Lengths.readText(in));
            case LIST -> DataType.listOf(readType(in));
            case MAP -> DataType.mapOf(readType(in), readType(in));
            case STRUCT -> new DataType.Struct(readFields(in));
            default -> throw new IOException("no type begins with " + form);
        };
    }

    private static DataType readText(String text) {
        return text.equals(DataType.OBJECT.text()) ? DataType.OBJECT : TypeParser.parse(text);
    }
}
