package dev.penstock.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.format.BadRecordException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;

/** Makes readers of strings, bytes and enums. */
final class Texts {
    private Texts() {}

    static ValueReader of(FieldDescriptor field, DataType type, ColumnBuilder into) {
        if (field.getType() == FieldDescriptor.Type.ENUM) {
            return type == DataType.STRING
                    ? names(field.getEnumType(), (BytesColumnBuilder) into)
                    : Scalars.refuse(field, type);
        }
        boolean text = field.getType() == FieldDescriptor.Type.STRING;
        if (type == DataType.BYTES || (type == DataType.STRING && text) || (type == DataType.JSON && text)) {
            return bytes(type != DataType.BYTES, (BytesColumnBuilder) into);
        }
        return text && isWritten(type) ? parsed(type, into) : Scalars.refuse(field, type);
    }

    /** The types that Protocol Buffers have no type for, so that they are written as text. */
    static boolean isWritten(DataType type) {
        return type == DataType.DATE
                || type == DataType.TIME
                || type == DataType.UUID
                || type instanceof DataType.Decimal
                || (type instanceof DataType.Timestamp timestamp && !timestamp.zoned());
    }

    private static ValueReader bytes(boolean text, BytesColumnBuilder into) {
        return in -> {
            int length = Ranges.length(in, ProtoInput.BYTES);
            int from = in.take(length);
            if (text && !isUtf8(in.data(), from, length)) {
                throw new BadRecordException("is not UTF-8");
            }
            into.append(in.data(), from, length);
        };
    }

    private static boolean isUtf8(byte[] data, int from, int length) {
        int at = from;
        while (at < from + length && data[at] >= 0) {
            at++;
        }
        return at == from + length
                || ByteString.copyFrom(data, at, from + length - at).isValidUtf8();
    }

    private static ValueReader names(EnumDescriptor type, BytesColumnBuilder into) {
        return in -> {
            int number = (int) in.readVarint();
            EnumValueDescriptor value = type.findValueByNumber(number);
            into.append(value == null ? Integer.toString(number) : value.getName());
        };
    }

    private static ValueReader parsed(DataType type, ColumnBuilder into) {
        return in -> {
            int length = Ranges.length(in, ProtoInput.BYTES);
            int from = in.take(length);
            String text = new String(in.data(), from, length, StandardCharsets.UTF_8);
            try {
                into.appendValue(parse(type, text));
            } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
                throw new BadRecordException("expected " + type.text() + ", found another text");
            }
        };
    }

    private static Object parse(DataType type, String text) {
        if (type == DataType.DATE) {
            return LocalDate.parse(text);
        }
        if (type == DataType.TIME) {
            return LocalTime.parse(text);
        }
        if (type == DataType.UUID) {
            return UUID.fromString(text);
        }
        return type instanceof DataType.Decimal ? new BigDecimal(text) : LocalDateTime.parse(text);
    }
}
