package dev.penstock.format.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.penstock.spi.data.BooleanColumnBuilder;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumnBuilder;
import dev.penstock.spi.data.FloatColumnBuilder;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.format.BadRecordException;
import java.math.BigInteger;

/** Makes readers of numbers and booleans. */
final class Numbers {
    private Numbers() {}

    /** How the bits of a whole number are read. */
    @FunctionalInterface
    private interface Whole {
        long read(ProtoInput in);
    }

    static ValueReader of(FieldDescriptor field, DataType type, ColumnBuilder into) {
        if (field.getType() == FieldDescriptor.Type.BOOL) {
            return type == DataType.BOOLEAN
                    ? in -> ((BooleanColumnBuilder) into).append(in.readVarint() != 0)
                    : Scalars.refuse(field, type);
        }
        Whole whole = whole(field.getType());
        boolean unsigned =
                field.getType() == FieldDescriptor.Type.UINT64 || field.getType() == FieldDescriptor.Type.FIXED64;
        if (type instanceof DataType.Decimal decimal) {
            return in -> Decimals.append(big(whole.read(in), unsigned), decimal, into);
        }
        if (type == DataType.INT64) {
            return in -> ((LongColumnBuilder) into).append(within(whole.read(in), unsigned, 0));
        }
        if (type == DataType.FLOAT64) {
            return in -> ((DoubleColumnBuilder) into).append((double) within(whole.read(in), unsigned, 0));
        }
        int bits = type == DataType.INT32 ? 32 : type == DataType.INT16 ? 16 : type == DataType.INT8 ? 8 : 0;
        return bits == 0
                ? Scalars.refuse(field, type)
                : in -> ((IntColumnBuilder) into).append((int) within(whole.read(in), unsigned, 64 - bits));
    }

    private static Whole whole(FieldDescriptor.Type type) {
        return switch (type) {
            case INT32 -> in -> (int) in.readVarint();
            case UINT32 -> in -> in.readVarint() & 0xffff_ffffL;
            case SINT32 -> in -> CodedInputStream.decodeZigZag32((int) in.readVarint());
            case SINT64 -> in -> CodedInputStream.decodeZigZag64(in.readVarint());
            case FIXED32 -> in -> in.readFixed32() & 0xffff_ffffL;
            case SFIXED32 -> ProtoInput::readFixed32;
            case FIXED64, SFIXED64 -> ProtoInput::readFixed64;
            default -> ProtoInput::readVarint;
        };
    }

    /** {@code value}, if it has {@code spare} bits less than a long. */
    private static long within(long value, boolean unsigned, int spare) {
        if ((unsigned && value < 0) || ((value << spare) >> spare) != value) {
            throw new BadRecordException("expected a number of " + (64 - spare) + " bits, found a larger one");
        }
        return value;
    }

    private static BigInteger big(long value, boolean unsigned) {
        return unsigned ? new BigInteger(Long.toUnsignedString(value)) : BigInteger.valueOf(value);
    }

    static ValueReader floating(FieldDescriptor field, DataType type, ColumnBuilder into) {
        boolean wide = field.getType() == FieldDescriptor.Type.DOUBLE;
        if (type == DataType.FLOAT64) {
            DoubleColumnBuilder doubles = (DoubleColumnBuilder) into;
            return wide
                    ? in -> doubles.append(Double.longBitsToDouble(in.readFixed64()))
                    : in -> doubles.append(Float.intBitsToFloat(in.readFixed32()));
        }
        return type == DataType.FLOAT32 && !wide
                ? in -> ((FloatColumnBuilder) into).append(Float.intBitsToFloat(in.readFixed32()))
                : Scalars.refuse(field, type);
    }

    /** Appends decimals. */
    static final class Decimals {
        private Decimals() {}

        static void append(BigInteger value, DataType.Decimal type, ColumnBuilder into) {
            BigInteger unscaled = value.multiply(BigInteger.TEN.pow(type.scale()));
            if (unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
                throw new BadRecordException("expected " + type.text() + ", found more digits");
            }
            if (into instanceof LongColumnBuilder longs) {
                longs.append(unscaled.longValueExact());
            } else {
                byte[] bytes = unscaled.toByteArray();
                ((BytesColumnBuilder) into).append(bytes, 0, bytes.length);
            }
        }
    }
}
