package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values of type STRING, JSON (both UTF-8), BYTES, UUID and long {@link DataType.Decimal}.
 *
 * <p>Row {@code i} is {@code data[offsets[i]]} to {@code data[offsets[i + 1] - 1]}. Offsets need not start at 0, so
 * that a slice shares the data of its batch, and rows need not fill the array.
 */
public final class BytesColumn implements Column {
    private final DataType type;
    private final int[] offsets;
    private final byte[] data;
    private final Validity validity;

    /**
     * A column of {@code offsets.length - 1} rows. The arrays are kept, not copied.
     *
     * @param offsets ascending, one more than there are rows
     */
    public BytesColumn(DataType type, int[] offsets, byte[] data, Validity validity) {
        this.type = requireNonNull(type, "type");
        this.offsets = requireNonNull(offsets, "offsets");
        this.data = requireNonNull(data, "data");
        this.validity = requireNonNull(validity, "validity");
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public int size() {
        return offsets.length - 1;
    }

    @Override
    public Validity validity() {
        return validity;
    }

    /** Where rows start and end in {@link #data}; one more than there are rows; not to be changed. */
    public int[] offsets() {
        return offsets;
    }

    /** The bytes of all rows; not to be changed. */
    public byte[] data() {
        return data;
    }

    /** Where {@code row} starts in {@link #data}. */
    public int start(int row) {
        return offsets[row];
    }

    /** The number of bytes of {@code row}. */
    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** A copy of the bytes of {@code row}. */
    public byte[] bytes(int row) {
        return Arrays.copyOfRange(data, offsets[row], offsets[row + 1]);
    }

    /** The bytes of {@code row} decoded as UTF-8. */
    public String string(int row) {
        return new String(data, offsets[row], length(row), StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : Values.ofBytes(type, data, offsets[row], length(row));
    }

    @Override
    public BytesColumn take(int[] rows, int count) {
        int[] taken = new int[count + 1];
        int total = 0;
        for (int i = 0; i < count; i++) {
            total = Math.addExact(total, length(rows[i]));
            taken[i + 1] = total;
        }
        byte[] copy = new byte[total];
        for (int i = 0; i < count; i++) {
            System.arraycopy(data, offsets[rows[i]], copy, taken[i], taken[i + 1] - taken[i]);
        }
        return new BytesColumn(type, taken, copy, validity.take(rows, count));
    }

    @Override
    public BytesColumn slice(int from, int to) {
        return new BytesColumn(type, Arrays.copyOfRange(offsets, from, to + 1), data, validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return 4L * offsets.length + (offsets[size()] - offsets[0]) + validity.sizeInBytes();
    }
}
