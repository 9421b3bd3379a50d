package dev.penstock.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the values that Protocol Buffers' own reader gives are as values of rows. */
final class Expected {
    private Expected() {}

    /** The values of the fields in their order. */
    static List<@Nullable Object> of(Message message) {
        List<@Nullable Object> values = new ArrayList<>();
        message.getDescriptorForType().getFields().forEach(field -> values.add(field(message, field)));
        return values;
    }

    private static @Nullable Object field(Message message, FieldDescriptor field) {
        if (field.isMapField()) {
            Map<Object, @Nullable Object> entries = new HashMap<>();
            for (Object entry : (List<?>) message.getField(field)) {
                Message one = (Message) entry;
                FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
                FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
                entries.put(single(one.getField(key), key), single(one.getField(value), value));
            }
            return entries;
        }
        if (field.isRepeated()) {
            List<@Nullable Object> values = new ArrayList<>();
            ((List<?>) message.getField(field)).forEach(value -> values.add(single(value, field)));
            return values;
        }
        return field.hasPresence() && !message.hasField(field) ? null : single(message.getField(field), field);
    }

    private static @Nullable Object single(Object value, FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedLong((Integer) value);
            case UINT64, FIXED64 -> new BigDecimal(Long.toUnsignedString((Long) value));
            case BYTES -> Bytes.copyOf(((ByteString) value).toByteArray());
            case ENUM -> ((EnumValueDescriptor) value).getName();
            case MESSAGE -> message((Message) value);
            default -> value;
        };
    }

    private static @Nullable Object message(Message message) {
        return switch (WellKnown.of(message.getDescriptorForType())) {
            case TIMESTAMP -> Instant.ofEpochSecond(number(message, 1), number(message, 2));
            case WRAPPER -> {
                FieldDescriptor value = message.getDescriptorForType().findFieldByNumber(1);
                yield single(message.getField(value), value);
            }
            default -> of(message);
        };
    }

    private static long number(Message message, int field) {
        return ((Number) message.getField(message.getDescriptorForType().findFieldByNumber(field))).longValue();
    }

    /** The values of a row as {@link #of} has them. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Row row) {
            return row.values().stream().map(Expected::plain).collect(ArrayList::new, List::add, List::addAll);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Expected::plain).collect(ArrayList::new, List::add, List::addAll);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> values = new HashMap<>();
            map.forEach((key, one) -> values.put(key, plain(one)));
            return values;
        }
        return value;
    }
}
