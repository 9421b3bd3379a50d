package dev.penstock.format.protobuf;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.format.BadRecordException;

/** Reads google.protobuf.Timestamp; digits finer than the column's unit are cut off. */
final class Timestamps {
    private static final long NANOS_A_SECOND = 1_000_000_000;
    private static final int SECONDS = 1 << 3;
    private static final int NANOS = 2 << 3;

    private Timestamps() {}

    static MessageValue reader(DataType.Timestamp type, LongColumnBuilder into) {
        long perSecond = type.precision() == DataType.Precision.NANOS ? NANOS_A_SECOND : 1_000_000;
        ProtoInput in = new ProtoInput();
        return (data, from, to) -> {
            in.start(data, from, to);
            long seconds = 0;
            int nanos = 0;
            while (!in.atEnd()) {
                int tag = in.readTag();
                if (tag == SECONDS) {
                    seconds = in.readVarint();
                } else if (tag == NANOS) {
                    nanos = (int) in.readVarint();
                } else {
                    in.skip(tag);
                }
            }
            into.append(units(seconds, nanos, perSecond));
        };
    }

    private static long units(long seconds, int nanos, long perSecond) {
        if (nanos < 0 || nanos >= NANOS_A_SECOND) {
            throw new BadRecordException("expected a timestamp, found more than a second of nanoseconds");
        }
        try {
            return Math.addExact(Math.multiplyExact(seconds, perSecond), nanos / (NANOS_A_SECOND / perSecond));
        } catch (ArithmeticException e) {
            throw new BadRecordException("expected a timestamp, found one too far away");
        }
    }
}
