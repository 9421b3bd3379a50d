package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Texts and bytes, of any length or all of one length, as the bytes that the column holds. */
final class BytesEncoder extends PagedEncoder {
    private final boolean sized;
    private final @Nullable BytesDictionary dictionary;
    private final BytesBounds bounds;
    private long textBytes;

    /**
     * An encoder.
     *
     * @param sized whether values have lengths of their own
     * @param signed whether values are numbers in two's complement, all of one length
     */
    BytesEncoder(boolean sized, boolean signed, boolean withDictionary, long dictionaryBound) {
        this(sized, signed, withDictionary ? new BytesDictionary(sized) : null, dictionaryBound);
    }

    private BytesEncoder(boolean sized, boolean signed, @Nullable BytesDictionary dictionary, long dictionaryBound) {
        super(new PageValues(dictionary, dictionaryBound));
        this.sized = sized;
        this.dictionary = dictionary;
        this.bounds = new BytesBounds(signed);
    }

    @Override
    public void write(Column column, int[] positions, int from, int to) {
        BytesColumn texts = (BytesColumn) column;
        long bytes = page.open() && dictionary != null
                ? number(dictionary, texts, positions, from, to)
                : copy(texts, positions, from, to);
        textBytes += sized ? bytes : 0;
        page.added(to - from, bytes + (sized ? (long) Integer.BYTES * (to - from) : 0));
    }

    private long number(BytesDictionary numbers, BytesColumn texts, int[] positions, int from, int to) {
        int[] ids = page.ids(to - from);
        int at = page.idCount();
        byte[] data = texts.data();
        int[] offsets = texts.offsets();
        long bytes = 0;
        for (int i = from; i < to; i++) {
            int start = offsets[positions[i]];
            int length = offsets[positions[i] + 1] - start;
            ids[at++] = numbers.add(data, start, length);
            bounds.add(data, start, length);
            bytes += length;
        }
        return bytes;
    }

    private long copy(BytesColumn texts, int[] positions, int from, int to) {
        ByteSink plain = page.plain();
        byte[] data = texts.data();
        int[] offsets = texts.offsets();
        long bytes = 0;
        for (int i = from; i < to; i++) {
            int start = offsets[positions[i]];
            int length = offsets[positions[i] + 1] - start;
            if (sized) {
                plain.putSized(data, start, length);
            } else {
                plain.write(data, start, length);
            }
            bounds.add(data, start, length);
            bytes += length;
        }
        return bytes;
    }

    @Override
    public long textBytes() {
        return textBytes;
    }

    @Override
    public void bounds(Statistics<?> statistics) {
        bounds.page(statistics);
        textBytes = 0;
    }
}
