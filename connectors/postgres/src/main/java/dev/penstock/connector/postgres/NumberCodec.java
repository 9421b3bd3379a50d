package dev.penstock.connector.postgres;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BooleanColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.DoubleColumnBuilder;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.FloatColumnBuilder;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.LongColumnBuilder;

/** Numbers and truth values of a fixed size. */
enum NumberCodec implements ValueCodec {
    BOOL {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            BooleanColumnBuilder values = (BooleanColumnBuilder) into;
            return (bytes, from, length) -> values.append(bytes[from] != 0);
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            BooleanColumnBuilder values = (BooleanColumnBuilder) into;
            return (bytes, from, length) -> values.append(bytes[from] == 't');
        }

        @Override
        public ValueWriter writer(Column from) {
            BooleanColumn values = (BooleanColumn) from;
            return (row, out) -> {
                out.putInt(1);
                out.putByte(values.get(row) ? 1 : 0);
            };
        }
    },
    INT2 {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            IntColumnBuilder values = (IntColumnBuilder) into;
            return (bytes, from, length) -> values.append(CopyBuffer.shortAt(bytes, from));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            return INT4.textReader(into);
        }

        @Override
        public ValueWriter writer(Column from) {
            int[] values = ((IntColumn) from).values();
            return (row, out) -> {
                out.putInt(Short.BYTES);
                out.putShort(values[row]);
            };
        }
    },
    INT4 {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            IntColumnBuilder values = (IntColumnBuilder) into;
            return (bytes, from, length) -> values.append(CopyBuffer.intAt(bytes, from));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            IntColumnBuilder values = (IntColumnBuilder) into;
            return (bytes, from, length) -> values.append((int) TextNumber.whole(bytes, from, length));
        }

        @Override
        public ValueWriter writer(Column from) {
            int[] values = ((IntColumn) from).values();
            return (row, out) -> {
                out.putInt(Integer.BYTES);
                out.putInt(values[row]);
            };
        }
    },
    INT8 {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(CopyBuffer.longAt(bytes, from));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(TextNumber.whole(bytes, from, length));
        }

        @Override
        public ValueWriter writer(Column from) {
            long[] values = ((LongColumn) from).values();
            return (row, out) -> {
                out.putInt(Long.BYTES);
                out.putLong(values[row]);
            };
        }
    },
    /** Object identifiers and their like: four bytes without a sign. */
    OID {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(Integer.toUnsignedLong(CopyBuffer.intAt(bytes, from)));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            return INT8.textReader(into);
        }

        @Override
        public ValueWriter writer(Column from) {
            long[] values = ((LongColumn) from).values();
            return (row, out) -> {
                out.putInt(Integer.BYTES);
                out.putInt((int) values[row]);
            };
        }
    },
    FLOAT4 {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            FloatColumnBuilder values = (FloatColumnBuilder) into;
            return (bytes, from, length) -> values.append(Float.intBitsToFloat(CopyBuffer.intAt(bytes, from)));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            FloatColumnBuilder values = (FloatColumnBuilder) into;
            return (bytes, from, length) -> values.append(Float.parseFloat(TextNumber.ascii(bytes, from, length)));
        }

        @Override
        public ValueWriter writer(Column from) {
            float[] values = ((FloatColumn) from).values();
            return (row, out) -> {
                out.putInt(Float.BYTES);
                out.putInt(Float.floatToIntBits(values[row]));
            };
        }
    },
    FLOAT8 {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            DoubleColumnBuilder values = (DoubleColumnBuilder) into;
            return (bytes, from, length) -> values.append(Double.longBitsToDouble(CopyBuffer.longAt(bytes, from)));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            DoubleColumnBuilder values = (DoubleColumnBuilder) into;
            return (bytes, from, length) -> values.append(TextNumber.floating(bytes, from, length));
        }

        @Override
        public ValueWriter writer(Column from) {
            double[] values = ((DoubleColumn) from).values();
            return (row, out) -> {
                out.putInt(Double.BYTES);
                out.putLong(Double.doubleToLongBits(values[row]));
            };
        }
    }
}
