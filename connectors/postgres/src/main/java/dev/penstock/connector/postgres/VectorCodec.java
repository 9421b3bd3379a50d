package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FixedListColumnBuilder;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.FloatColumnBuilder;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.ListColumnBuilder;
import java.util.Optional;

/** The extension pgvector: vectors of floats; of one length if the column was declared with it, else as lists. */
record VectorCodec(int dimensions) implements ValueCodec {
    private static final int HEADER = 4;
    private static final int ANY = 0;

    /** What the type {@code name} of the extension is with {@code modifier}. */
    static Optional<ScalarType> type(String name, int modifier) {
        if (!name.equals("vector")) {
            return Optional.empty();
        }
        return Optional.of(
                modifier > 0
                        ? new ScalarType(DataType.vector(modifier), new VectorCodec(modifier))
                        : new ScalarType(DataType.listOf(DataType.FLOAT32), new VectorCodec(ANY)));
    }

    /** Takes the floats of a vector, one after the other. */
    private interface Target {
        void begin(int count);

        void add(int index, float value);

        void end();
    }

    private Target target(ColumnBuilder into) {
        return into instanceof FixedListColumnBuilder vectors ? new Fixed(vectors, dimensions) : new Listed(into);
    }

    private static final class Fixed implements Target {
        private final FixedListColumnBuilder vectors;
        private final float[] values;

        Fixed(FixedListColumnBuilder vectors, int dimensions) {
            this.vectors = vectors;
            this.values = new float[dimensions];
        }

        @Override
        public void begin(int count) {
            if (count != values.length) {
                throw new ValueException("a vector of " + count + " where " + values.length + " are expected");
            }
        }

        @Override
        public void add(int index, float value) {
            values[index] = value;
        }

        @Override
        public void end() {
            vectors.append(values);
        }
    }

    private static final class Listed implements Target {
        private final ListColumnBuilder lists;
        private final FloatColumnBuilder values;

        Listed(ColumnBuilder into) {
            this.lists = (ListColumnBuilder) into;
            this.values = (FloatColumnBuilder) lists.elements();
        }

        @Override
        public void begin(int count) {}

        @Override
        public void add(int index, float value) {
            values.append(value);
        }

        @Override
        public void end() {
            lists.endList();
        }
    }

    @Override
    public ValueReader binaryReader(ColumnBuilder into) {
        Target target = target(into);
        return (bytes, from, length) -> {
            int count = CopyBuffer.shortAt(bytes, from);
            target.begin(count);
            for (int i = 0; i < count; i++) {
                target.add(i, Float.intBitsToFloat(CopyBuffer.intAt(bytes, from + HEADER + i * Float.BYTES)));
            }
            target.end();
        };
    }

    @Override
    public ValueReader textReader(ColumnBuilder into) {
        Target target = target(into);
        return (bytes, from, length) -> {
            // [1,2.5,3]
            String[] numbers = TextNumber.ascii(bytes, from + 1, length - 2).split(",", -1);
            target.begin(numbers.length);
            for (int i = 0; i < numbers.length; i++) {
                target.add(i, Float.parseFloat(numbers[i]));
            }
            target.end();
        };
    }

    @Override
    public ValueWriter writer(Column from) {
        if (from instanceof FixedListColumn vectors) {
            float[] values = ((FloatColumn) vectors.elements()).values();
            return (row, out) -> write(values, row * dimensions, (row + 1) * dimensions, out);
        }
        ListColumn lists = (ListColumn) from;
        FloatColumn elements = (FloatColumn) lists.elements();
        int[] offsets = lists.offsets();
        return (row, out) -> {
            for (int i = offsets[row]; i < offsets[row + 1]; i++) {
                if (elements.isNull(i)) {
                    throw new ValueException("a vector cannot hold null");
                }
            }
            write(elements.values(), offsets[row], offsets[row + 1], out);
        };
    }

    private static void write(float[] values, int from, int to, CopyBuffer out) {
        int start = out.beginValue();
        out.putShort(to - from);
        out.putShort(0);
        for (int i = from; i < to; i++) {
            out.putInt(Float.floatToIntBits(values[i]));
        }
        out.endValue(start);
    }
}
