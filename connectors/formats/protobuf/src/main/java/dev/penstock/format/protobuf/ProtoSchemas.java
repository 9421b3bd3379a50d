package dev.penstock.format.protobuf;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes the .proto file of messages that hold the columns of rows. */
final class ProtoSchemas {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FULL_NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)*[A-Za-z_][A-Za-z0-9_]*");

    private final List<Problem> problems = new ArrayList<>();
    private boolean timestamps;

    private ProtoSchemas() {}

    /**
     * A file with a message named {@code fullName} that has a field for each of {@code fields}, numbered in their
     * order.
     *
     * @throws ConfigException if Protocol Buffers have no name or no type for a column
     */
    static String of(String fullName, List<Field> fields) {
        ProtoSchemas schemas = new ProtoSchemas();
        if (!FULL_NAME.matcher(fullName).matches()) {
            throw new ConfigException(List.of(Problem.error(
                    "message",
                    Problem.Code.INVALID,
                    "'" + fullName + "' is no full name of a message",
                    "give one such as shop.Order")));
        }
        int dot = fullName.lastIndexOf('.');
        String message = schemas.message(fullName.substring(dot + 1), fields, "");
        if (!schemas.problems.isEmpty()) {
            throw new ConfigException(schemas.problems);
        }
        return "syntax = \"proto3\";\n"
                + (dot < 0 ? "" : "package " + fullName.substring(0, dot) + ";\n")
                + (schemas.timestamps ? "import \"google/protobuf/timestamp.proto\";\n" : "")
                + message;
    }

    private String message(String name, List<Field> fields, String indent) {
        StringBuilder text = new StringBuilder(indent + "message " + name + " {\n");
        String inner = indent + "  ";
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (!NAME.matcher(field.name()).matches()) {
                refuse(field.name(), "is no name in Protocol Buffers", "rename it to letters, digits and underscores");
            }
            DataType element = field.type() instanceof DataType.ListOf list ? list.element() : field.type();
            if (element instanceof DataType.MapOf map) {
                element = map.value();
            }
            String nested = nestedName(field.name());
            if (element instanceof DataType.Struct struct) {
                text.append(message(nested, struct.fields(), inner));
            }
            text.append(inner)
                    .append(declared(field, nested))
                    .append(" = ")
                    .append(i + 1)
                    .append(";\n");
        }
        return text.append(indent).append("}\n").toString();
    }

    private static String nestedName(String field) {
        return field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1) + "Type";
    }

    private String declared(Field field, String nested) {
        String name = field.name();
        if (field.type() instanceof DataType.ListOf list) {
            return "repeated " + single(list.element(), name, nested) + " " + name;
        }
        if (field.type() instanceof DataType.FixedList vector) {
            return "repeated " + single(vector.element(), name, nested) + " " + name;
        }
        if (field.type() instanceof DataType.MapOf map) {
            return "map<" + key(map.key(), name) + ", " + single(map.value(), name, nested) + "> " + name;
        }
        String type = single(field.type(), name, nested);
        boolean message = field.type() instanceof DataType.Struct || type.startsWith("google.");
        return (field.nullable() && !message ? "optional " : "") + type + " " + name;
    }

    private String key(DataType type, String column) {
        if (type == DataType.STRING) {
            return "string";
        }
        if (type == DataType.INT64 || type == DataType.INT32) {
            return type.text();
        }
        refuse(
                column,
                "is a map whose keys are " + type.text(),
                "use keys that are strings, int32 or int64, or drop it");
        return "string";
    }

    private String single(DataType type, String column, String nested) {
        if (type instanceof DataType.Struct) {
            return nested;
        }
        if (type instanceof DataType.Timestamp timestamp && timestamp.zoned()) {
            timestamps = true;
            return "google.protobuf.Timestamp";
        }
        if (Texts.isWritten(type)) {
            return "string";
        }
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar);
        }
        refuse(column, "has " + type.text() + " inside, which no field holds", "flatten it, or drop it");
        return "bytes";
    }

    private static String scalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> "bool";
            case INT8, INT16, INT32 -> "int32";
            case INT64 -> "int64";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case BYTES -> "bytes";
            case STRING, JSON, UUID, DATE, TIME -> "string";
        };
    }

    private void refuse(String column, String reason, String remedy) {
        problems.add(Problem.error("", Problem.Code.INCOMPATIBLE, "column '" + column + "' " + reason, remedy));
    }
}
