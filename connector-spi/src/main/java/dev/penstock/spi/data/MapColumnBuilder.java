package dev.penstock.spi.data;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects a {@link MapColumn}: append to {@link #keys} and {@link #values} alike, then call {@link #endMap}. */
public final class MapColumnBuilder extends ColumnBuilder {
    private final DataType.MapOf type;
    private final ColumnBuilder keys;
    private final ColumnBuilder values;
    private int[] offsets;

    MapColumnBuilder(DataType.MapOf type, int capacity) {
        super(capacity);
        this.type = type;
        this.keys = ColumnBuilder.of(type.key(), capacity);
        this.values = ColumnBuilder.of(type.value(), capacity);
        this.offsets = new int[capacity + 1];
    }

    /** The builder of the keys. */
    public ColumnBuilder keys() {
        return keys;
    }

    /** The builder of the values. */
    public ColumnBuilder values() {
        return values;
    }

    /** Ends a map of the entries appended since the last one. */
    public void endMap() {
        endRow();
        validity.appendValid();
    }

    private void endRow() {
        if (size() + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(16, offsets.length * 2));
        }
        offsets[size() + 1] = keys.size();
    }

    @Override
    public void appendNull() {
        endRow();
        validity.appendNull();
    }

    @Override
    public void appendValue(@Nullable Object value) {
        if (value == null) {
            appendNull();
            return;
        }
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            keys.appendValue(entry.getKey());
            values.appendValue(entry.getValue());
        }
        endMap();
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        MapColumn maps = (MapColumn) source;
        for (int row = from; row < to; row++) {
            keys.appendAll(maps.keys(), maps.offsets()[row], maps.offsets()[row + 1]);
            values.appendAll(maps.values(), maps.offsets()[row], maps.offsets()[row + 1]);
            endRow();
            validity.append(source.validity(), row, row + 1);
        }
    }

    @Override
    public void truncate(int rows) {
        truncateValidity(rows);
        keys.truncate(offsets[rows]);
        values.truncate(offsets[rows]);
    }

    @Override
    public long sizeInBytes() {
        return 4L * size() + keys.sizeInBytes() + values.sizeInBytes();
    }

    @Override
    public MapColumn build() {
        int[] built = Arrays.copyOf(offsets, size() + 1);
        offsets = new int[capacity + 1];
        return new MapColumn(type, built, keys.build(), values.build(), finishValidity());
    }
}
