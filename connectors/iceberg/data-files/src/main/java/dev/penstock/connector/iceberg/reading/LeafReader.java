package dev.penstock.connector.iceberg.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stored column, a number of rows at a time: the levels of their entries, and the values that are there.
 * After {@link #read}, what it has is that of these rows until the next call.
 */
final class LeafReader {
    private final ColumnDescriptor column;
    private final @Nullable Supplier<Values> kind;
    private final @Nullable Values values;
    private final int full;
    private @Nullable PageReader pages;
    private @Nullable Values dictionary;
    private @Nullable ColumnPage page;
    private int at;

    private int entries;
    private byte[] repetition = new byte[0];
    private byte[] definition = new byte[0];
    private boolean complete;

    /** @param kind makes what takes the values; null if only levels are wanted */
    LeafReader(ColumnDescriptor column, @Nullable Supplier<Values> kind) {
        this.column = column;
        this.kind = kind;
        this.values = kind == null ? null : kind.get();
        this.full = column.getMaxDefinitionLevel();
    }

    ColumnDescriptor column() {
        return column;
    }

    /** Goes on with the pages of another row group. */
    void begin(PageReader next) throws IOException {
        pages = next;
        page = null;
        at = 0;
        dictionary = null;
        DictionaryPage stored = next.readDictionaryPage();
        if (stored != null && kind != null) {
            Values decoded = kind.get();
            decoded.begin(stored.getDictionarySize());
            decoded.addPlain(PageBytes.of(stored.getBytes()), stored.getDictionarySize());
            dictionary = decoded;
        }
    }

    /** Reads {@code rows} rows, which the row group must have. */
    void read(int rows) {
        entries = 0;
        complete = true;
        if (values != null) {
            values.begin(rows);
        }
        try {
            if (column.getMaxRepetitionLevel() == 0) {
                readFlat(rows);
            } else {
                readNested(rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readFlat(int rows) throws IOException {
        while (entries < rows) {
            ColumnPage now = page();
            if (now == null) {
                throw new IOException("a row group has fewer rows than it says");
            }
            take(now, Math.min(now.entries() - at, rows - entries));
        }
    }

    /** A row ends where the next one begins, which may be in another page. */
    private void readNested(int rows) throws IOException {
        int begun = 0;
        for (ColumnPage now = page(); now != null; now = page()) {
            byte[] levels = now.repetition();
            int end = at;
            while (levels != null && end < now.entries() && (levels[end] > 0 || begun < rows)) {
                begun += levels[end++] == 0 ? 1 : 0;
            }
            boolean over = end < now.entries();
            take(now, end - at);
            if (over) {
                return;
            }
        }
    }

    private @Nullable ColumnPage page() throws IOException {
        ColumnPage now = page;
        while (pages != null && (now == null || at == now.entries())) {
            DataPage next = pages.readPage();
            if (next == null) {
                return null;
            }
            now = ColumnPage.of(next, column, dictionary);
            page = now;
            at = 0;
        }
        return now;
    }

    private void take(ColumnPage from, int count) {
        int there = count;
        byte[] levels = from.definition();
        if (levels != null || !complete) {
            there = takeDefinition(levels, count);
        }
        if (from.repetition() != null) {
            repetition = room(repetition, entries + count);
            System.arraycopy(from.repetition(), at, repetition, entries, count);
        }
        if (values != null && there > 0) {
            from.values().read(values, there);
        }
        entries += count;
        at += count;
    }

    /** Levels are kept from the first entry on that is not all there; how many values there are. */
    private int takeDefinition(byte @Nullable [] levels, int count) {
        definition = room(definition, entries + count);
        if (complete) {
            Arrays.fill(definition, 0, entries, (byte) full);
            complete = false;
        }
        if (levels == null) {
            Arrays.fill(definition, entries, entries + count, (byte) full);
            return count;
        }
        System.arraycopy(levels, at, definition, entries, count);
        int there = 0;
        for (int i = at; i < at + count; i++) {
            there += levels[i] == full ? 1 : 0;
        }
        return there;
    }

    private static byte[] room(byte[] levels, int wanted) {
        return wanted <= levels.length ? levels : Arrays.copyOf(levels, Math.max(wanted, 2 * levels.length));
    }

    int entries() {
        return entries;
    }

    /** Whether every entry has a value. */
    boolean complete() {
        return complete;
    }

    /** Whether {@code entry} has a value. */
    boolean isFull(int entry) {
        return complete || definition[entry] == full;
    }

    /** How much of {@code entry} is there. */
    int definition(int entry) {
        return complete ? full : definition[entry];
    }

    /** Where the list of {@code entry} goes on; 0 at the first entry of a row. */
    int repetition(int entry) {
        return column.getMaxRepetitionLevel() == 0 ? 0 : repetition[entry];
    }

    /** What takes the values, if they are read. */
    Values values() {
        if (values == null) {
            throw new IllegalStateException("only levels are read of " + column);
        }
        return values;
    }
}
