package dev.penstock.connector.iceberg.reading;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * A page of a column: levels of all its entries, and values that are decoded as they are asked for.
 *
 * @param entries how many there are
 * @param repetition the level of each entry at which a list goes on; null if the column is in no list
 * @param definition how much of each entry is there; null if all of it is, for every entry
 */
record ColumnPage(int entries, byte @Nullable [] repetition, byte @Nullable [] definition, Source values) {
    /** Where values come from. */
    interface Source {
        void read(Values target, int count);
    }

    static ColumnPage of(DataPage page, ColumnDescriptor column, @Nullable Values dictionary) throws IOException {
        if (page instanceof DataPageV1 first) {
            return first(first, column, dictionary);
        }
        DataPageV2 second = (DataPageV2) page;
        int entries = second.getValueCount();
        byte[] repetition =
                levels(PageBytes.of(second.getRepetitionLevels()), column.getMaxRepetitionLevel(), entries, false);
        byte[] definition =
                levels(PageBytes.of(second.getDefinitionLevels()), column.getMaxDefinitionLevel(), entries, true);
        return new ColumnPage(
                entries,
                repetition,
                definition,
                new Stored(second.getDataEncoding(), PageBytes.of(second.getData()), entries)
                        .source(column, dictionary));
    }

    private static ColumnPage first(DataPageV1 page, ColumnDescriptor column, @Nullable Values dictionary)
            throws IOException {
        PageBytes bytes = PageBytes.of(page.getBytes());
        int entries = page.getValueCount();
        int greatest = column.getMaxRepetitionLevel();
        byte[] repetition = greatest == 0 ? null : levels(sized(bytes, page.getRlEncoding()), greatest, entries, false);
        greatest = column.getMaxDefinitionLevel();
        byte[] definition = greatest == 0 ? null : levels(sized(bytes, page.getDlEncoding()), greatest, entries, true);
        Stored stored = new Stored(page.getValueEncoding(), bytes, entries);
        return new ColumnPage(entries, repetition, definition, stored.source(column, dictionary));
    }

    private static PageBytes sized(PageBytes bytes, Encoding encoding) {
        if (encoding != Encoding.RLE) {
            throw new ParquetDecodingException("levels are encoded as " + encoding + ", which is not supported");
        }
        return bytes.part(bytes.nextInt());
    }

    /** The level of each entry; null if there are none, or if all are the greatest and {@code mayLack} says so. */
    private static byte @Nullable [] levels(PageBytes bytes, int greatest, int entries, boolean mayLack) {
        if (greatest == 0) {
            return null;
        }
        BitRuns runs = new BitRuns(bytes, Integer.SIZE - Integer.numberOfLeadingZeros(greatest));
        if (mayLack && entries > 0 && runs.isRunOf(greatest, entries)) {
            return null;
        }
        byte[] levels = new byte[entries];
        runs.read(levels, entries);
        return mayLack && all(levels, (byte) greatest) ? null : levels;
    }

    private static boolean all(byte[] levels, byte expected) {
        for (byte level : levels) {
            if (level != expected) {
                return false;
            }
        }
        return true;
    }

    /** The values of a page as they are stored. */
    private record Stored(Encoding encoding, PageBytes bytes, int entries) {
        Source source(ColumnDescriptor column, @Nullable Values dictionary) throws IOException {
            if (bytes.at() == bytes.end()) {
                return (target, count) -> {
                    throw new ParquetDecodingException("a page without values lacks " + count);
                };
            }
            if (encoding == Encoding.PLAIN) {
                return (target, count) -> target.addPlain(bytes, count);
            }
            if (encoding.usesDictionary()) {
                return picking(BitRuns.ofPlaces(bytes), dictionary);
            }
            ValuesReader reader = encoding.getValuesReader(column, ValuesType.VALUES);
            reader.initFromPage(entries, ByteBufferInputStream.wrap(bytes.rest()));
            return (target, count) -> target.addDecoded(reader, count);
        }

        private static Source picking(BitRuns places, @Nullable Values dictionary) {
            if (dictionary == null) {
                throw new ParquetDecodingException("a page refers to a dictionary that is not there");
            }
            return (target, count) -> {
                int[] picked = new int[count];
                places.read(picked, 0, count);
                target.addPicked(dictionary, picked, count);
            };
        }
    }
}
