package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.format.BadRecordException;
import java.util.Locale;

/** Reads values of one scalar field into a column. */
final class Scalars {
    private final int wireType;
    private final ValueReader reader;
    private final Runnable absent;

    private Scalars(int wireType, ValueReader reader, Runnable absent) {
        this.wireType = wireType;
        this.reader = reader;
        this.absent = absent;
    }

    /** A reader of {@code field} into a column of {@code type}. */
    static Scalars of(FieldDescriptor field, DataType type, ColumnBuilder into) {
        ValueReader reader = switch (field.getType()) {
            case BOOL, INT32, SINT32, SFIXED32, UINT32, FIXED32, INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
                Numbers.of(field, type, into);
            case FLOAT, DOUBLE -> Numbers.floating(field, type, into);
            case STRING, BYTES, ENUM -> Texts.of(field, type, into);
            case MESSAGE, GROUP -> refuse(field, type);
        };
        byte[] zeros = new byte[Long.BYTES];
        ProtoInput in = new ProtoInput();
        return new Scalars(wireType(field), reader, () -> {
            in.start(zeros, 0, zeros.length);
            reader.read(in);
        });
    }

    static ValueReader refuse(FieldDescriptor field, DataType type) {
        String found = field.getType().name().toLowerCase(Locale.ROOT);
        return in -> {
            throw new BadRecordException("expected " + type.text() + ", found " + found);
        };
    }

    private static int wireType(FieldDescriptor field) {
        return switch (field.getType()) {
            case DOUBLE, FIXED64, SFIXED64 -> ProtoInput.FIXED64;
            case FLOAT, FIXED32, SFIXED32 -> ProtoInput.FIXED32;
            case STRING, BYTES, MESSAGE -> ProtoInput.BYTES;
            case GROUP -> ProtoInput.START_GROUP;
            default -> ProtoInput.VARINT;
        };
    }

    /** Reads the value that comes next. */
    void readOne(ProtoInput in, int found) {
        if (found != wireType) {
            throw new BadRecordException("is of another type than in the schema");
        }
        reader.read(in);
    }

    /** Reads the value that comes next, or all if several are packed into one. */
    void readAll(ProtoInput in, int found) {
        if (found != ProtoInput.BYTES || wireType == ProtoInput.BYTES) {
            readOne(in, found);
            return;
        }
        int length = Ranges.length(in, found);
        int from = in.take(length);
        in.start(in.data(), from, from + length);
        while (!in.atEnd()) {
            reader.read(in);
        }
    }

    /** Appends what a field without presence is that was not written: zero, false, empty. */
    void appendDefault() {
        absent.run();
    }
}
