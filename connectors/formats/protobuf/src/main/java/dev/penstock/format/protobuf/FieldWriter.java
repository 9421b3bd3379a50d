package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.penstock.format.protobuf.ValueWriter.Binding;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.StructColumn;
import dev.penstock.spi.format.BadRecordException;
import java.util.ArrayList;
import java.util.Optional;

/** Makes writers of whole fields: tags, values, and the elements of what is repeated. */
interface FieldWriter extends Binding {
    /** A writer of {@code type} as {@code field}; empty if the one is never the other. */
    static Optional<FieldWriter> of(FieldDescriptor field, DataType type) {
        if (field.isMapField()) {
            return type instanceof DataType.MapOf map ? map(field, map) : Optional.empty();
        }
        if (field.isRepeated()) {
            return repeated(field, type);
        }
        return value(field, type).map(value -> single(field, value));
    }

    private static Optional<Binding> value(FieldDescriptor field, DataType type) {
        if (field.getType() != FieldDescriptor.Type.MESSAGE) {
            return ScalarWriters.of(field, type);
        }
        Descriptor message = field.getMessageType();
        return switch (WellKnown.of(message)) {
            case TIMESTAMP ->
                type instanceof DataType.Timestamp timestamp && timestamp.zoned()
                        ? Optional.of(ScalarWriters.timestamp(timestamp))
                        : Optional.empty();
            case WRAPPER -> of(message.findFieldByNumber(1), type).map(FieldWriter::withLength);
            case JSON -> Optional.empty();
            case NONE ->
                type instanceof DataType.Struct struct
                        ? MessageWriter.of(message, struct.fields(), new ArrayList<>())
                                .map(writer -> withLength(column -> writer.bind(((StructColumn) column).fields())))
                        : Optional.empty();
        };
    }

    private static Binding withLength(Binding value) {
        return column -> {
            ValueWriter writer = value.to(column);
            return (row, out) -> {
                int from = out.size();
                writer.write(row, out);
                out.insertLength(from);
            };
        };
    }

    private static int tag(FieldDescriptor field, boolean packed) {
        int wireType = switch (field.getType()) {
            case DOUBLE, FIXED64, SFIXED64 -> ProtoInput.FIXED64;
            case FLOAT, FIXED32, SFIXED32 -> ProtoInput.FIXED32;
            case STRING, BYTES, MESSAGE, GROUP -> ProtoInput.BYTES;
            default -> ProtoInput.VARINT;
        };
        return (field.getNumber() << 3) | (packed ? ProtoInput.BYTES : wireType);
    }

    private static FieldWriter single(FieldDescriptor field, Binding value) {
        int tag = tag(field, false);
        boolean required = field.isRequired();
        return column -> {
            ValueWriter writer = value.to(column);
            return (row, out) -> {
                if (!column.isNull(row)) {
                    out.writeVarint(tag);
                    writer.write(row, out);
                } else if (required) {
                    throw new BadRecordException("is null, which the schema does not allow");
                }
            };
        };
    }

    private static Optional<FieldWriter> repeated(FieldDescriptor field, DataType type) {
        int tag = tag(field, field.isPacked());
        boolean packed = field.isPacked();
        if (type instanceof DataType.ListOf list) {
            return value(field, list.element()).map(element -> column -> {
                ListColumn lists = (ListColumn) column;
                ValueWriter writer = notNull(lists.elements(), element);
                return (row, out) -> elements(lists.offsets()[row], lists.offsets()[row + 1], tag, packed, writer, out);
            });
        }
        if (type instanceof DataType.FixedList vector) {
            int size = vector.size();
            return value(field, vector.element()).map(element -> column -> {
                ValueWriter writer = notNull(((FixedListColumn) column).elements(), element);
                return (row, out) -> {
                    if (!column.isNull(row)) {
                        elements(row * size, row * size + size, tag, packed, writer, out);
                    }
                };
            });
        }
        return Optional.empty();
    }

    private static ValueWriter notNull(Column elements, Binding element) {
        ValueWriter writer = element.to(elements);
        return (row, out) -> {
            if (elements.isNull(row)) {
                throw new BadRecordException("has an element without a value, which Protocol Buffers do not have");
            }
            writer.write(row, out);
        };
    }

    private static void elements(int from, int to, int tag, boolean packed, ValueWriter element, ProtoOutput out) {
        if (packed && to > from) {
            out.writeVarint(tag);
            int start = out.size();
            for (int i = from; i < to; i++) {
                element.write(i, out);
            }
            out.insertLength(start);
        } else {
            for (int i = from; i < to; i++) {
                out.writeVarint(tag);
                element.write(i, out);
            }
        }
    }

    private static Optional<FieldWriter> map(FieldDescriptor field, DataType.MapOf type) {
        Optional<FieldWriter> keys = of(field.getMessageType().findFieldByNumber(1), type.key());
        Optional<FieldWriter> values = of(field.getMessageType().findFieldByNumber(2), type.value());
        int tag = tag(field, false);
        if (keys.isEmpty() || values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(column -> {
            MapColumn maps = (MapColumn) column;
            ValueWriter key = keys.get().to(maps.keys());
            ValueWriter value = notNull(maps.values(), values.get());
            ValueWriter entry = (row, out) -> {
                int from = out.size();
                key.write(row, out);
                value.write(row, out);
                out.insertLength(from);
            };
            return (row, out) -> elements(maps.offsets()[row], maps.offsets()[row + 1], tag, false, entry, out);
        });
    }
}
