package dev.penstock.connector.lancedb;

import dev.penstock.spi.DataException;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.StructColumn;
import dev.penstock.spi.data.Validity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.Text;

/** Copies Arrow vectors into the columns of batches; the vectors may be freed afterwards. */
final class ArrowReading {
    private ArrowReading() {}

    /** The rows of {@code root} as a batch of {@code schema}, whose columns are found by name. */
    static RecordBatch read(VectorSchemaRoot root, Schema schema) {
        int rows = root.getRowCount();
        List<Column> columns = new ArrayList<>(schema.size());
        for (Field field : schema.fields()) {
            columns.add(column(root.getVector(field.name()), field.type(), rows));
        }
        return RecordBatch.of(schema, rows, columns);
    }

    private static Column column(FieldVector vector, DataType type, int rows) {
        if (type instanceof DataType.FixedList list) {
            FieldVector elements = ((FixedSizeListVector) vector).getDataVector();
            return new FixedListColumn(
                    list, column(elements, list.element(), rows * list.size()), validity(vector, rows));
        }
        if (type instanceof DataType.Struct struct) {
            return struct((StructVector) vector, struct, rows);
        }
        if (vector instanceof ListVector list && type instanceof DataType.ListOf listType) {
            int[] offsets = offsets(list.getOffsetBuffer(), rows);
            Column elements = column(list.getDataVector(), listType.element(), offsets[rows]);
            return new ListColumn(listType, offsets, elements, validity(vector, rows));
        }
        if (vector instanceof ListVector list && type instanceof DataType.MapOf map) {
            int[] offsets = offsets(list.getOffsetBuffer(), rows);
            StructVector entries = (StructVector) list.getDataVector();
            Column keys = column((FieldVector) entries.getChildByOrdinal(0), map.key(), offsets[rows]);
            Column values = column((FieldVector) entries.getChildByOrdinal(1), map.value(), offsets[rows]);
            return new MapColumn(map, offsets, keys, values, validity(vector, rows));
        }
        return vector instanceof BaseVariableWidthVector text ? text(text, type, rows) : flat(vector, type, rows);
    }

    private static Column struct(StructVector vector, DataType.Struct type, int rows) {
        List<Column> fields = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            fields.add(column(
                    (FieldVector) vector.getChildByOrdinal(i),
                    type.fields().get(i).type(),
                    rows));
        }
        return new StructColumn(type, rows, fields, validity(vector, rows));
    }

    private static Column text(BaseVariableWidthVector vector, DataType type, int rows) {
        int[] offsets = offsets(vector.getOffsetBuffer(), rows);
        int start = offsets[0];
        byte[] data = new byte[offsets[rows] - start];
        vector.getDataBuffer().getBytes(start, data);
        for (int row = 0; row <= rows; row++) {
            offsets[row] -= start;
        }
        return new BytesColumn(type, offsets, data, validity(vector, rows));
    }

    private static Column flat(FieldVector vector, DataType type, int rows) {
        if (vector instanceof IntVector || vector instanceof DateDayVector) {
            int[] values = new int[rows];
            buffer(vector, 4L * rows).asIntBuffer().get(values);
            return new IntColumn(type, values, validity(vector, rows));
        }
        if (vector instanceof BigIntVector || vector instanceof TimeMicroVector || isFineTimestamp(vector)) {
            long[] values = new long[rows];
            buffer(vector, 8L * rows).asLongBuffer().get(values);
            return new LongColumn(type, values, validity(vector, rows));
        }
        if (vector instanceof Float4Vector) {
            float[] values = new float[rows];
            buffer(vector, 4L * rows).asFloatBuffer().get(values);
            return new FloatColumn(type, values, validity(vector, rows));
        }
        if (vector instanceof Float8Vector) {
            double[] values = new double[rows];
            buffer(vector, 8L * rows).asDoubleBuffer().get(values);
            return new DoubleColumn(type, values, validity(vector, rows));
        }
        return oneByOne(vector, type, rows);
    }

    private static boolean isFineTimestamp(FieldVector vector) {
        return vector instanceof TimeStampVector
                && switch (((ArrowType.Timestamp) vector.getField().getType()).getUnit()) {
                    case MICROSECOND, NANOSECOND -> true;
                    case SECOND, MILLISECOND -> false;
                };
    }

    private static Column oneByOne(FieldVector vector, DataType type, int rows) {
        ColumnBuilder builder = ColumnBuilder.of(type, rows);
        for (int row = 0; row < rows; row++) {
            if (vector.isNull(row)) {
                builder.appendNull();
            } else if (builder instanceof LongColumnBuilder longs && vector instanceof TimeStampVector times) {
                longs.append(micros(times, row));
            } else if (builder instanceof BytesColumnBuilder bytes && vector.getObject(row) instanceof byte[] value) {
                bytes.append(value, 0, value.length);
            } else {
                builder.appendValue(detached(vector.getObject(row), type));
            }
        }
        return builder.build();
    }

    private static long micros(TimeStampVector vector, int row) {
        boolean seconds = ((ArrowType.Timestamp) vector.getField().getType()).getUnit() == TimeUnit.SECOND;
        try {
            return Math.multiplyExact(vector.get(row), seconds ? 1_000_000L : 1_000L);
        } catch (ArithmeticException e) {
            throw new DataException(
                    "Cannot read " + vector.get(row) + " in column '" + vector.getName()
                            + "': it is no time that microseconds can hold; correct it, or leave it out with 'filter'",
                    e);
        }
    }

    private static Object detached(Object value, DataType type) {
        if (value instanceof Text) {
            return value.toString();
        }
        if (value instanceof Character character) {
            return (int) character;
        }
        if (value instanceof Byte small && type == DataType.INT16) {
            return Byte.toUnsignedInt(small);
        }
        if (value instanceof Integer number && type == DataType.INT64) {
            return Integer.toUnsignedLong(number);
        }
        return value instanceof Byte || value instanceof Short ? (Object) ((Number) value).intValue() : value;
    }

    private static int[] offsets(ArrowBuf buffer, int rows) {
        int[] offsets = new int[rows + 1];
        if (rows > 0) {
            buffer.nioBuffer(0, 4 * (rows + 1))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer()
                    .get(offsets);
        }
        return offsets;
    }

    private static Validity validity(FieldVector vector, int rows) {
        if (vector.getNullCount() == 0) {
            return Validity.ALL;
        }
        long[] words = new long[Validity.wordCount(rows)];
        for (int row = 0; row < rows; row++) {
            if (!vector.isNull(row)) {
                words[row >>> 6] |= 1L << row;
            }
        }
        return Validity.of(words);
    }

    private static ByteBuffer buffer(FieldVector vector, long bytes) {
        return vector.getDataBuffer().nioBuffer(0, Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
