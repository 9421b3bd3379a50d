package dev.penstock.connector.lancedb.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** A batch of rows as Arrow has them, value by value, in the types that the connector's documentation names. */
final class ArrowTable extends ArrowReader {
    private final Schema schema;
    private final List<Row> rows;
    private boolean loaded;

    ArrowTable(BufferAllocator allocator, Schema schema, List<Row> rows) {
        super(allocator);
        this.schema = schema;
        this.rows = rows;
    }

    @Override
    protected org.apache.arrow.vector.types.pojo.Schema readSchema() {
        return ArrowColumns.of(schema);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        if (loaded || rows.isEmpty()) {
            return false;
        }
        prepareLoadNextBatch();
        VectorSchemaRoot root = getVectorSchemaRoot();
        for (int column = 0; column < schema.size(); column++) {
            FieldVector vector = root.getVector(column);
            vector.allocateNew();
            for (int row = 0; row < rows.size(); row++) {
                put(vector, row, rows.get(row).get(column));
            }
            vector.setValueCount(rows.size());
        }
        root.setRowCount(rows.size());
        loaded = true;
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    private static void put(FieldVector vector, int row, @Nullable Object value) {
        if (value == null) {
            vector.setNull(row);
        } else if (value instanceof Number number) {
            number(vector, row, number);
        } else if (!nested(vector, row, value) && !time(vector, row, value)) {
            text(vector, row, value);
        }
    }

    private static void number(FieldVector vector, int row, Number value) {
        if (vector instanceof TinyIntVector small) {
            small.setSafe(row, value.intValue());
        } else if (vector instanceof SmallIntVector small) {
            small.setSafe(row, value.intValue());
        } else if (vector instanceof IntVector integers) {
            integers.setSafe(row, value.intValue());
        } else if (vector instanceof BigIntVector longs) {
            longs.setSafe(row, value.longValue());
        } else if (vector instanceof Float4Vector floats) {
            floats.setSafe(row, value.floatValue());
        } else if (vector instanceof Float8Vector doubles) {
            doubles.setSafe(row, value.doubleValue());
        } else {
            ((DecimalVector) vector).setSafe(row, (BigDecimal) value);
        }
    }

    private static boolean time(FieldVector vector, int row, Object value) {
        if (value instanceof LocalDate date) {
            ((DateDayVector) vector).setSafe(row, Math.toIntExact(date.toEpochDay()));
        } else if (value instanceof LocalTime time) {
            ((TimeMicroVector) vector).setSafe(row, time.toNanoOfDay() / 1_000);
        } else if (vector instanceof TimeStampVector times) {
            Instant instant = value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
            long second = ArrowColumns.isNanos(vector.getField()) ? 1_000_000_000L : 1_000_000L;
            long part = instant.getNano() / (1_000_000_000L / second);
            times.setSafe(row, instant.getEpochSecond() * second + part);
        } else {
            return false;
        }
        return true;
    }

    private static void text(FieldVector vector, int row, Object value) {
        if (vector instanceof BitVector bits) {
            bits.setSafe(row, (Boolean) value ? 1 : 0);
        } else if (value instanceof UUID id) {
            byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
            ((FixedSizeBinaryVector) vector).setSafe(row, bytes);
        } else if (value instanceof Bytes bytes) {
            ((VarBinaryVector) vector).setSafe(row, bytes.toArray());
        } else {
            ((VarCharVector) vector).setSafe(row, value.toString().getBytes(UTF_8));
        }
    }

    private static boolean nested(FieldVector vector, int row, Object value) {
        if (vector instanceof FixedSizeListVector vectors) {
            int start = vectors.startNewValue(row);
            float[] numbers = (float[]) value;
            for (int index = 0; index < numbers.length; index++) {
                ((Float4Vector) vectors.getDataVector()).setSafe(start + index, numbers[index]);
            }
        } else if (vector instanceof StructVector struct) {
            struct.setIndexDefined(row);
            Row fields = (Row) value;
            for (int index = 0; index < fields.schema().size(); index++) {
                put((FieldVector) struct.getChildByOrdinal(index), row, fields.get(index));
            }
        } else if (vector instanceof ListVector list) {
            List<?> elements = value instanceof Map<?, ?> map
                    ? map.entrySet().stream().map(ArrowTable::entry).toList()
                    : (List<?>) value;
            int start = list.startNewValue(row);
            for (int index = 0; index < elements.size(); index++) {
                put(list.getDataVector(), start + index, elements.get(index));
            }
            list.endValue(row, elements.size());
        } else {
            return false;
        }
        return true;
    }

    private static Row entry(Map.Entry<?, ?> entry) {
        return Row.of(ArrowColumns.entry(DataType.STRING, DataType.INT64), entry.getKey(), entry.getValue());
    }
}
