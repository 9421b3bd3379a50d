package dev.penstock.connector.iceberg;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** The rows of a batch, one at a time, as Iceberg asks for the values that partitions are computed from. */
final class PartitionValues implements StructLike {
    private final @Nullable Column[] columns;
    private final Type[] types;
    private int row;

    PartitionValues(RecordBatch batch, Schema table) {
        this.columns = new Column[table.columns().size()];
        this.types = new Type[columns.length];
        for (int i = 0; i < columns.length; i++) {
            OptionalInt index = batch.schema().find(table.columns().get(i).name());
            columns[i] = index.isPresent() ? batch.column(index.getAsInt()) : null;
            types[i] = table.columns().get(i).type();
        }
    }

    PartitionValues at(int newRow) {
        row = newRow;
        return this;
    }

    @Override
    public int size() {
        return columns.length;
    }

    @Override
    public <T> @Nullable T get(int position, Class<T> type) {
        Column column = columns[position];
        return column == null || column.isNull(row) ? null : type.cast(value(column, types[position]));
    }

    /** As Iceberg keeps values in memory: times as numbers, bytes as buffers. */
    private Object value(Column column, Type stored) {
        if (column instanceof IntColumn numbers) {
            return stored.typeId() == Type.TypeID.LONG ? (Object) (long) numbers.get(row) : (Integer) numbers.get(row);
        }
        if (column instanceof LongColumn numbers && !(column.type() instanceof DataType.Decimal)) {
            return numbers.get(row);
        }
        Object value = column.value(row);
        if (value == null) {
            throw new IllegalStateException("Cannot take the value of row " + row + ": it is null");
        }
        return value instanceof Bytes bytes ? ByteBuffer.wrap(bytes.toArray()) : value;
    }

    @Override
    public <T> void set(int position, T value) {
        throw new UnsupportedOperationException("Cannot set a value: rows are read here");
    }
}
