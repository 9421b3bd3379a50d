package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of type {@link DataType.Struct}: one column a field, all of the same number of rows. */
public final class StructColumn implements Column {
    private final DataType.Struct type;
    private final int size;
    private final List<Column> fields;
    private final Validity validity;

    /** A column of {@code size} rows. */
    public StructColumn(DataType.Struct type, int size, List<Column> fields, Validity validity) {
        this.type = requireNonNull(type, "type");
        this.size = size;
        this.fields = List.copyOf(fields);
        this.validity = requireNonNull(validity, "validity");
    }

    @Override
    public DataType.Struct type() {
        return type;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Validity validity() {
        return validity;
    }

    /** The columns of the fields, in the order of the type. */
    public List<Column> fields() {
        return fields;
    }

    @Override
    public @Nullable Object value(int row) {
        if (isNull(row)) {
            return null;
        }
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields.get(i).value(row);
        }
        return Row.owning(type.schema(), values, Operation.INSERT);
    }

    @Override
    public StructColumn take(int[] rows, int count) {
        List<Column> taken =
                fields.stream().map(field -> field.take(rows, count)).toList();
        return new StructColumn(type, count, taken, validity.take(rows, count));
    }

    @Override
    public StructColumn slice(int from, int to) {
        List<Column> sliced =
                fields.stream().map(field -> field.slice(from, to)).toList();
        return new StructColumn(type, to - from, sliced, validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return fields.stream().mapToLong(Column::sizeInBytes).sum() + validity.sizeInBytes();
    }
}
