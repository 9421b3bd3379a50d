package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.ListColumnBuilder;
import dev.penstock.spi.data.MapColumnBuilder;
import dev.penstock.spi.format.BadRecordException;
import java.util.List;

/** Reads the values of one field of a message, all that were found, into one value of a column. */
interface FieldReader {
    /**
     * Appends one value to the column.
     *
     * @param to where the message ends
     * @param found where values stand
     * @param first the first of them that counts
     */
    void read(byte[] data, int to, Occurrences found, int first);

    /** A reader of {@code field} into {@code into}, the builder of {@code column}. */
    static FieldReader of(FieldDescriptor field, Field column, ColumnBuilder into) {
        if (field.isMapField()) {
            return column.type() instanceof DataType.MapOf map
                    ? map(field, map, (MapColumnBuilder) into)
                    : refuse(column.type(), "a map");
        }
        if (field.isRepeated()) {
            return column.type() instanceof DataType.ListOf list
                    ? list(field, list, (ListColumnBuilder) into)
                    : refuse(column.type(), "repeated values");
        }
        return field.getType() == FieldDescriptor.Type.MESSAGE
                ? new SingleMessage(field, column, into, MessageValue.of(field.getMessageType(), column.type(), into))
                : new SingleScalar(field, column, into, Scalars.of(field, column.type(), into));
    }

    private static FieldReader refuse(DataType type, String what) {
        return (data, to, found, first) -> {
            throw new BadRecordException("expected " + type.text() + ", found " + what);
        };
    }

    private static FieldReader list(FieldDescriptor field, DataType.ListOf type, ListColumnBuilder into) {
        ProtoInput in = new ProtoInput();
        ColumnBuilder elements = into.elements();
        if (field.getType() == FieldDescriptor.Type.MESSAGE) {
            MessageValue value = MessageValue.of(field.getMessageType(), type.element(), elements);
            return (data, to, found, first) -> {
                for (int i = first; i < found.count(); i++) {
                    Ranges.of(in, data, to, found, i, value);
                }
                into.endList();
            };
        }
        Scalars value = Scalars.of(field, type.element(), elements);
        return (data, to, found, first) -> {
            for (int i = first; i < found.count(); i++) {
                in.start(data, found.position(i), to);
                value.readAll(in, found.wireType(i));
            }
            into.endList();
        };
    }

    private static FieldReader map(FieldDescriptor field, DataType.MapOf type, MapColumnBuilder into) {
        MessageReader entry = MessageReader.of(
                field.getMessageType(),
                List.of(Field.required("key", type.key()), entryValue(field, type)),
                List.of(into.keys(), into.values()));
        ProtoInput in = new ProtoInput();
        return (data, to, found, first) -> {
            MapEntries entries = new MapEntries(data);
            for (int i = first; i < found.count(); i++) {
                Ranges.of(in, data, to, found, i, entries::add);
            }
            entries.forEachLast(range -> entry.read(data, range[0], range[1]));
            into.endMap();
        };
    }

    private static Field entryValue(FieldDescriptor field, DataType.MapOf type) {
        boolean message = field.getMessageType().findFieldByNumber(2).getType() == FieldDescriptor.Type.MESSAGE;
        return message ? Field.of("value", type.value()) : Field.required("value", type.value());
    }

    /** The last value of a field that occurs any number of times. */
    record SingleScalar(FieldDescriptor field, Field column, ColumnBuilder into, Scalars value, ProtoInput in)
            implements FieldReader {
        SingleScalar(FieldDescriptor field, Field column, ColumnBuilder into, Scalars value) {
            this(field, column, into, value, new ProtoInput());
        }

        @Override
        public void read(byte[] data, int to, Occurrences found, int first) {
            if (first < found.count()) {
                int last = found.count() - 1;
                in.start(data, found.position(last), to);
                value.readOne(in, found.wireType(last));
            } else if (field.hasPresence() && !Missing.isOfEntry(field)) {
                Missing.append(field, column, into);
            } else {
                value.appendDefault();
            }
        }
    }

    /** A message, merged from all places it stands in. */
    record SingleMessage(FieldDescriptor field, Field column, ColumnBuilder into, MessageValue value, ProtoInput in)
            implements FieldReader {
        SingleMessage(FieldDescriptor field, Field column, ColumnBuilder into, MessageValue value) {
            this(field, column, into, value, new ProtoInput());
        }

        @Override
        public void read(byte[] data, int to, Occurrences found, int first) {
            if (first == found.count() && Missing.isOfEntry(field)) {
                value.read(data, 0, 0);
            } else if (first == found.count()) {
                Missing.append(field, column, into);
            } else if (first == found.count() - 1) {
                Ranges.of(in, data, to, found, first, value);
            } else {
                byte[] merged = Ranges.joined(in, data, to, found, first);
                value.read(merged, 0, merged.length);
            }
        }
    }

    /** What a field is that has no value. */
    final class Missing {
        private Missing() {}

        /** Keys and values of maps always have a value. */
        static boolean isOfEntry(FieldDescriptor field) {
            return field.getContainingType().getOptions().getMapEntry();
        }

        static void append(FieldDescriptor field, Field column, ColumnBuilder into) {
            if (!column.nullable() || field.isRequired()) {
                throw new BadRecordException("is missing");
            }
            into.appendNull();
        }
    }
}
