package dev.penstock.connector.iceberg.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The values of a page: numbers into a dictionary as long as that pays, else the values themselves.
 *
 * <p>A dictionary is given up when it grows past its bound, or when the first page shows that it saves nothing; the
 * pages before then keep it. A column whose dictionary saved nothing in one row group has none in the next.
 */
final class PageValues {
    private static final int FIRST_IDS = 1024;
    private static final int SLAB = 8192;

    private final @Nullable Dictionary dictionary;
    private final long dictionaryBound;
    private final ByteSink plain = new ByteSink();
    private boolean worthwhile;
    private boolean open;
    private boolean inUse;
    private boolean firstPage = true;
    private Encoding encoding = Encoding.PLAIN;
    private int[] ids = new int[FIRST_IDS];
    private int idCount;
    private long rawBytes;

    /** Values with {@code dictionary}, if any, of at most about {@code dictionaryBound} bytes. */
    PageValues(@Nullable Dictionary dictionary, long dictionaryBound) {
        this.dictionary = dictionary;
        this.dictionaryBound = dictionaryBound;
        this.worthwhile = dictionary != null;
        this.open = worthwhile;
    }

    /** Whether values go into the dictionary now, their numbers to {@link #ids}, and not to {@link #plain}. */
    boolean open() {
        return open;
    }

    /** Where numbers of values go from {@link #idCount} on; has room for {@code more}. */
    int[] ids(int more) {
        if (idCount + more > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(idCount + more, ids.length * 2));
        }
        return ids;
    }

    int idCount() {
        return idCount;
    }

    ByteSink plain() {
        return plain;
    }

    /** Says that {@code count} values were added, which are {@code bytes} as they are. */
    void added(int count, long bytes) {
        rawBytes += bytes;
        if (open && dictionary != null) {
            idCount += count;
            if (dictionary.plainBytes() > dictionaryBound) {
                giveUp(dictionary);
            }
        }
    }

    private void giveUp(Dictionary given) {
        given.expand(ids, idCount, plain);
        idCount = 0;
        open = false;
        worthwhile = inUse;
    }

    /** What the values of the page are without a dictionary: what bounds a page. */
    long rawBytes() {
        return rawBytes;
    }

    /** What the values and their dictionary take in memory. */
    long memory() {
        return plain.capacity() + 4L * ids.length + (dictionary == null ? 0 : dictionary.memory());
    }

    /** The page as it is stored, then begun anew; {@link #encoding} says how, and is to be asked afterwards. */
    BytesInput finishPage() throws IOException {
        BytesInput bytes = idCount > 0 && dictionary != null ? numbered(dictionary) : asTheyAre();
        firstPage &= rawBytes == 0;
        plain.clear();
        idCount = 0;
        rawBytes = 0;
        return bytes;
    }

    private BytesInput numbered(Dictionary numbers) throws IOException {
        BytesInput bytes = pack(numbers.size());
        if (firstPage && bytes.size() + numbers.plainBytes() >= rawBytes) {
            giveUp(numbers);
            return asTheyAre();
        }
        inUse = true;
        encoding = Encoding.RLE_DICTIONARY;
        return bytes;
    }

    /** Also what a page of nulls alone is: it must not ask for a dictionary, which there may be none of. */
    private BytesInput asTheyAre() {
        encoding = Encoding.PLAIN;
        return plain.copy();
    }

    private BytesInput pack(int distinct) throws IOException {
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(distinct - 1, 0));
        RunLengthBitPackingHybridEncoder encoder =
                new RunLengthBitPackingHybridEncoder(width, SLAB, SLAB * 16, HeapByteBufferAllocator.getInstance());
        for (int i = 0; i < idCount; i++) {
            encoder.writeInt(ids[i]);
        }
        return BytesInput.concat(BytesInput.from(new byte[] {(byte) width}), encoder.toBytes());
    }

    /** How the page finished last is stored. */
    Encoding encoding() {
        return encoding;
    }

    /** The dictionary that pages of this row group use, if any; the values begin anew for the next row group. */
    @Nullable DictionaryPage finishRowGroup() {
        DictionaryPage page = null;
        if (dictionary != null) {
            if (inUse) {
                ByteSink all = new ByteSink();
                dictionary.writeAll(all);
                page = new DictionaryPage(all.view(), dictionary.size(), Encoding.PLAIN);
            }
            dictionary.clear();
        }
        open = worthwhile;
        inUse = false;
        firstPage = true;
        return page;
    }
}
