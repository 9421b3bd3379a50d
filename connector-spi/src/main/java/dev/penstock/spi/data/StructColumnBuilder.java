package dev.penstock.spi.data;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects a {@link StructColumn}: append one value to the builder of each field, then call {@link #endStruct}. */
public final class StructColumnBuilder extends ColumnBuilder {
    private final DataType.Struct type;
    private final ColumnBuilder[] fields;

    StructColumnBuilder(DataType.Struct type, int capacity) {
        super(capacity);
        this.type = type;
        this.fields = type.fields().stream()
                .map(field -> ColumnBuilder.of(field.type(), capacity))
                .toArray(ColumnBuilder[]::new);
    }

    /** The builder of the field at {@code index}. */
    public ColumnBuilder field(int index) {
        return fields[index];
    }

    /** Ends a struct of the values appended since the last one. */
    public void endStruct() {
        validity.appendValid();
    }

    @Override
    public void appendNull() {
        for (ColumnBuilder field : fields) {
            field.appendNull();
        }
        validity.appendNull();
    }

    @Override
    public void appendValue(@Nullable Object value) {
        if (value == null) {
            appendNull();
            return;
        }
        for (int i = 0; i < fields.length; i++) {
            fields[i].appendValue(
                    value instanceof Map<?, ?> map
                            ? map.get(type.fields().get(i).name())
                            : ((Row) value).get(i));
        }
        endStruct();
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        List<Column> columns = ((StructColumn) source).fields();
        for (int i = 0; i < fields.length; i++) {
            fields[i].appendAll(columns.get(i), from, to);
        }
        validity.append(source.validity(), from, to);
    }

    @Override
    public void truncate(int rows) {
        truncateValidity(rows);
        for (ColumnBuilder field : fields) {
            field.truncate(rows);
        }
    }

    @Override
    public long sizeInBytes() {
        return Stream.of(fields).mapToLong(ColumnBuilder::sizeInBytes).sum();
    }

    @Override
    public StructColumn build() {
        int rows = size();
        List<Column> built = Stream.of(fields).map(ColumnBuilder::build).toList();
        return new StructColumn(type, rows, built, finishValidity());
    }
}
