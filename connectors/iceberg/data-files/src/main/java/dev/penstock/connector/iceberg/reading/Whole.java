package dev.penstock.connector.iceberg.reading;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.values.ValuesReader;

/** A way of storing whole numbers of up to eight bytes. */
interface Whole {
    /** As they are. */
    Whole LONG = new OfLong(1, 1);

    /** The next number of a page. */
    long plain(PageBytes page);

    /** The next number that {@code reader} decodes. */
    long decoded(ValuesReader reader);

    /** Numbers of eight bytes, in another unit. */
    record OfLong(long times, long dividedBy) implements Whole {
        @Override
        public long plain(PageBytes page) {
            return convert((long) PageBytes.LONG.get(page.array(), page.take(Long.BYTES)));
        }

        @Override
        public long decoded(ValuesReader reader) {
            return convert(reader.readLong());
        }

        private long convert(long number) {
            return times > 1 ? Math.multiplyExact(number, times) : Math.floorDiv(number, dividedBy);
        }
    }

    /** Numbers of four bytes, in another unit; {@code mask} makes them unsigned. */
    record OfInt(long times, long mask) implements Whole {
        @Override
        public long plain(PageBytes page) {
            return (page.nextInt() & mask) * times;
        }

        @Override
        public long decoded(ValuesReader reader) {
            return (reader.readInteger() & mask) * times;
        }
    }

    /** Numbers in two's complement, the highest byte first; {@code length} is 0 if each says its own. */
    record OfBytes(int length) implements Whole {
        @Override
        public long plain(PageBytes page) {
            int size = length == 0 ? page.nextInt() : length;
            return number(page.array(), page.take(size), size);
        }

        @Override
        public long decoded(ValuesReader reader) {
            byte[] bytes = reader.readBytes().getBytesUnsafe();
            return number(bytes, 0, bytes.length);
        }

        private static long number(byte[] bytes, int from, int size) {
            long number = size > 0 && bytes[from] < 0 ? -1 : 0;
            for (int i = from; i < from + size; i++) {
                number = number << Byte.SIZE | (bytes[i] & 0xff);
            }
            return number;
        }
    }

    /** Times of day in nanoseconds with Julian days, as old programs write them. */
    record OfJulian(long unitsPerSecond) implements Whole {
        private static final int SIZE = 12;
        private static final long EPOCH = 2_440_588;
        private static final long SECONDS = 86_400;
        private static final long NANOS = 1_000_000_000;

        @Override
        public long plain(PageBytes page) {
            return moment(page.array(), page.take(SIZE));
        }

        @Override
        public long decoded(ValuesReader reader) {
            return moment(reader.readBytes().getBytes(), 0);
        }

        private long moment(byte[] bytes, int from) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, SIZE).order(ByteOrder.LITTLE_ENDIAN);
            long nanos = buffer.getLong();
            long days = buffer.getInt() - EPOCH;
            return Math.addExact(
                    Math.multiplyExact(days, SECONDS * unitsPerSecond), Math.floorDiv(nanos, NANOS / unitsPerSecond));
        }
    }
}
