package dev.penstock.connector.lancedb;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.StructColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Copies the columns of batches into Arrow vectors, whole arrays at a time where both sides have arrays. */
final class ArrowWriter {
    private ArrowWriter() {}

    /** Puts all of {@code batch} into {@code root}; columns that the batch does not have become null. */
    static void write(RecordBatch batch, VectorSchemaRoot root) {
        int rows = batch.rowCount();
        for (FieldVector vector : root.getFieldVectors()) {
            batch.schema()
                    .find(vector.getName())
                    .ifPresentOrElse(index -> fill(vector, batch.column(index)), () -> clear(vector, rows));
        }
        root.setRowCount(rows);
    }

    private static void clear(FieldVector vector, int rows) {
        vector.setInitialCapacity(rows);
        vector.allocateNew();
        vector.setValueCount(rows);
    }

    private static void fill(FieldVector vector, Column column) {
        if (column instanceof BytesColumn bytes) {
            fillBytes(vector, bytes);
        } else if (column instanceof FixedListColumn list) {
            fillVectors((FixedSizeListVector) vector, list);
        } else if (column instanceof ListColumn list) {
            fillList((ListVector) vector, list, list.offsets(), List.of(list.elements()));
        } else if (column instanceof MapColumn map) {
            fillList((ListVector) vector, map, map.offsets(), List.of(map.keys(), map.values()));
        } else if (column instanceof StructColumn struct) {
            fillStruct((StructVector) vector, struct);
        } else {
            fillFixed((BaseFixedWidthVector) vector, column);
        }
    }

    private static void fillFixed(BaseFixedWidthVector vector, Column column) {
        int rows = column.size();
        vector.allocateNew(rows);
        if (column instanceof IntColumn ints) {
            fillInts(vector, ints);
        } else if (column instanceof LongColumn longs) {
            fillLongs(vector, longs);
        } else if (column instanceof FloatColumn floats) {
            buffer(vector.getDataBuffer(), 4L * rows).asFloatBuffer().put(floats.values(), 0, rows);
        } else if (column instanceof DoubleColumn doubles) {
            buffer(vector.getDataBuffer(), 8L * rows).asDoubleBuffer().put(doubles.values(), 0, rows);
        } else if (column instanceof BooleanColumn booleans) {
            for (int row = 0; row < rows; row++) {
                ((BitVector) vector).set(row, booleans.get(row) ? 1 : 0);
            }
        }
        validity(vector.getValidityBuffer(), column);
        vector.setValueCount(rows);
    }

    private static void fillInts(BaseFixedWidthVector vector, IntColumn ints) {
        int rows = ints.size();
        if (vector instanceof TinyIntVector bytes) {
            for (int row = 0; row < rows; row++) {
                bytes.set(row, ints.get(row));
            }
        } else if (vector instanceof SmallIntVector shorts) {
            for (int row = 0; row < rows; row++) {
                shorts.set(row, ints.get(row));
            }
        } else {
            buffer(vector.getDataBuffer(), 4L * rows).asIntBuffer().put(ints.values(), 0, rows);
        }
    }

    private static void fillLongs(BaseFixedWidthVector vector, LongColumn longs) {
        int rows = longs.size();
        if (vector instanceof DecimalVector decimals) {
            for (int row = 0; row < rows; row++) {
                decimals.set(row, longs.get(row));
            }
        } else {
            buffer(vector.getDataBuffer(), 8L * rows).asLongBuffer().put(longs.values(), 0, rows);
        }
    }

    private static void fillBytes(FieldVector vector, BytesColumn bytes) {
        if (vector instanceof BaseVariableWidthVector text) {
            fillText(text, bytes);
            return;
        }
        BaseFixedWidthVector fixed = (BaseFixedWidthVector) vector;
        fixed.allocateNew(bytes.size());
        for (int row = 0; row < bytes.size(); row++) {
            if (!bytes.isNull(row)) {
                set(fixed, row, bytes.bytes(row));
            }
        }
        fixed.setValueCount(bytes.size());
    }

    private static void set(BaseFixedWidthVector vector, int row, byte[] value) {
        if (vector instanceof DecimalVector decimals) {
            decimals.setBigEndian(row, value);
        } else if (vector instanceof Decimal256Vector decimals) {
            decimals.setBigEndian(row, value);
        } else {
            ((FixedSizeBinaryVector) vector).set(row, value);
        }
    }

    private static void fillText(BaseVariableWidthVector vector, BytesColumn bytes) {
        int rows = bytes.size();
        int start = bytes.start(0);
        int length = bytes.offsets()[rows] - start;
        vector.allocateNew(length, rows);
        vector.getDataBuffer().setBytes(0, bytes.data(), start, length);
        offsets(vector.getOffsetBuffer(), bytes.offsets(), rows);
        validity(vector.getValidityBuffer(), bytes);
        vector.setLastSet(rows - 1);
        vector.setValueCount(rows);
    }

    private static void fillVectors(FixedSizeListVector vector, FixedListColumn list) {
        vector.setInitialCapacity(list.size());
        vector.allocateNew();
        fill(vector.getDataVector(), list.elements());
        validity(vector.getValidityBuffer(), list);
        vector.setValueCount(list.size());
    }

    private static void fillList(ListVector vector, Column column, int[] offsets, List<Column> elements) {
        int rows = column.size();
        int from = offsets[0];
        int to = offsets[rows];
        vector.setInitialCapacity(rows);
        vector.allocateNew();
        List<Column> used =
                elements.stream().map(element -> element.slice(from, to)).toList();
        if (column instanceof MapColumn) {
            fillEntries((StructVector) vector.getDataVector(), used, to - from);
        } else {
            fill(vector.getDataVector(), used.get(0));
        }
        offsets(vector.getOffsetBuffer(), offsets, rows);
        validity(vector.getValidityBuffer(), column);
        vector.setLastSet(rows - 1);
        vector.setValueCount(rows);
    }

    private static void fillEntries(StructVector vector, List<Column> fields, int rows) {
        vector.setInitialCapacity(rows);
        vector.allocateNew();
        for (int i = 0; i < fields.size(); i++) {
            fill((FieldVector) vector.getChildByOrdinal(i), fields.get(i));
        }
        setAll(vector.getValidityBuffer(), rows);
        vector.setValueCount(rows);
    }

    private static void fillStruct(StructVector vector, StructColumn struct) {
        fillEntries(vector, struct.fields(), struct.size());
        validity(vector.getValidityBuffer(), struct);
    }

    private static void offsets(ArrowBuf target, int[] offsets, int rows) {
        IntBuffer buffer = buffer(target, 4L * (rows + 1)).asIntBuffer();
        if (offsets[0] == 0) {
            buffer.put(offsets, 0, rows + 1);
        } else {
            for (int row = 0; row <= rows; row++) {
                buffer.put(row, offsets[row] - offsets[0]);
            }
        }
    }

    private static void validity(ArrowBuf target, Column column) {
        setAll(target, column.size());
        if (!column.validity().allValid()) {
            for (int row = 0; row < column.size(); row++) {
                if (column.isNull(row)) {
                    BitVectorHelper.unsetBit(target, row);
                }
            }
        }
    }

    private static void setAll(ArrowBuf target, int rows) {
        target.setOne(0L, (rows + 7) / 8L);
    }

    private static ByteBuffer buffer(ArrowBuf memory, long bytes) {
        return memory.nioBuffer(0, Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
