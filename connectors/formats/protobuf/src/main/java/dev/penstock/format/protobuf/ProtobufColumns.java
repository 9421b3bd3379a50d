package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The columns that hold what a message describes. */
final class ProtobufColumns {
    private final Deque<Descriptor> within = new ArrayDeque<>();

    private ProtobufColumns() {}

    /**
     * A column for each field of {@code message}; those that always have a value are never null.
     *
     * @throws ConfigException if a message contains itself
     */
    static List<Field> of(Descriptor message) {
        return new ProtobufColumns().fields(message);
    }

    private List<Field> fields(Descriptor message) {
        if (within.contains(message)) {
            throw new ConfigException(List.of(Problem.error(
                    "columns",
                    Problem.Code.INCOMPATIBLE,
                    "cannot be made from the schema: message '" + message.getFullName() + "' contains itself",
                    "declare columns, without the field that repeats")));
        }
        within.push(message);
        List<Field> fields = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            DataType type = type(field);
            fields.add(
                    field.hasPresence() && !field.isRequired()
                            ? Field.of(field.getName(), type)
                            : Field.required(field.getName(), type));
        }
        within.pop();
        return fields;
    }

    private DataType type(FieldDescriptor field) {
        if (field.isMapField()) {
            Descriptor entry = field.getMessageType();
            return DataType.mapOf(single(entry.findFieldByNumber(1)), single(entry.findFieldByNumber(2)));
        }
        return field.isRepeated() ? DataType.listOf(single(field)) : single(field);
    }

    private DataType single(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> DataType.BOOLEAN;
            case INT32, SINT32, SFIXED32 -> DataType.INT32;
            case UINT32, FIXED32, INT64, SINT64, SFIXED64 -> DataType.INT64;
            case UINT64, FIXED64 -> DataType.decimal(20, 0);
            case FLOAT -> DataType.FLOAT32;
            case DOUBLE -> DataType.FLOAT64;
            case STRING, ENUM -> DataType.STRING;
            case BYTES, GROUP -> DataType.BYTES;
            case MESSAGE -> message(field.getMessageType());
        };
    }

    private DataType message(Descriptor message) {
        return switch (WellKnown.of(message)) {
            case TIMESTAMP -> DataType.TIMESTAMP;
            case WRAPPER -> single(message.findFieldByNumber(1));
            case JSON -> DataType.JSON;
            case NONE -> message.getFields().isEmpty() ? DataType.JSON : new DataType.Struct(fields(message));
        };
    }
}
