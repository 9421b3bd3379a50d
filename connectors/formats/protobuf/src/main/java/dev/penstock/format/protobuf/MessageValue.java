package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.StructColumnBuilder;
import dev.penstock.spi.format.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one message, given by its bytes, into one value of a column. */
@FunctionalInterface
interface MessageValue {
    void read(byte[] data, int from, int to);

    /** A reader of {@code message} into a column of {@code type}. */
    static MessageValue of(Descriptor message, DataType type, ColumnBuilder into) {
        WellKnown known = WellKnown.of(message);
        if (known == WellKnown.WRAPPER) {
            Field value = Field.required("value", type);
            return MessageReader.of(message, List.of(value), List.of(into))::read;
        }
        if (type == DataType.JSON && known == WellKnown.JSON) {
            return json(message, (BytesColumnBuilder) into);
        }
        if (type == DataType.JSON && message.getFields().isEmpty()) {
            return (data, from, to) -> ((BytesColumnBuilder) into).append("{}");
        }
        if (type instanceof DataType.Timestamp timestamp && timestamp.zoned() && known == WellKnown.TIMESTAMP) {
            return Timestamps.reader(timestamp, (LongColumnBuilder) into);
        }
        if (type instanceof DataType.Struct struct) {
            return struct(message, struct, (StructColumnBuilder) into);
        }
        return (data, from, to) -> {
            throw new BadRecordException("expected " + type.text() + ", found " + message.getFullName());
        };
    }

    private static MessageValue struct(Descriptor message, DataType.Struct type, StructColumnBuilder into) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            builders.add(into.field(i));
        }
        MessageReader reader = MessageReader.of(message, type.fields(), builders);
        return (data, from, to) -> {
            reader.read(data, from, to);
            into.endStruct();
        };
    }

    private static MessageValue json(Descriptor message, BytesColumnBuilder into) {
        return (data, from, to) -> {
            byte[] text = StructJson.text(message, data, from, to).getBytes(StandardCharsets.UTF_8);
            into.append(text, 0, text.length);
        };
    }
}
