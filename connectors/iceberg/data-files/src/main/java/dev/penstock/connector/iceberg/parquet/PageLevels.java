package dev.penstock.connector.iceberg.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.jspecify.annotations.Nullable;

/** The levels of a page's entries: where lists go on, and where values are missing. */
final class PageLevels {
    private static final int SLAB = 512;

    private final ColumnDescriptor column;
    private final RunLengthBitPackingHybridEncoder repetition;
    private final RunLengthBitPackingHybridEncoder definition;
    private final long[] repetitions;
    private final long[] definitions;
    private int entries;
    private int rows;
    private long nulls;

    PageLevels(ColumnDescriptor column) {
        this.column = column;
        this.repetition = encoder(column.getMaxRepetitionLevel());
        this.definition = encoder(column.getMaxDefinitionLevel());
        this.repetitions = new long[column.getMaxRepetitionLevel() + 1];
        this.definitions = new long[column.getMaxDefinitionLevel() + 1];
    }

    private static RunLengthBitPackingHybridEncoder encoder(int greatest) {
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
        return new RunLengthBitPackingHybridEncoder(width, SLAB, SLAB << 8, HeapByteBufferAllocator.getInstance());
    }

    void add(Entries added, int addedRows) throws IOException {
        byte[] levels = added.repetition();
        if (levels == null) {
            repeat(column.getMaxRepetitionLevel() == 0 ? null : repetition, repetitions, 0, added.size());
        } else {
            each(repetition, repetitions, levels);
        }
        levels = added.definition();
        if (levels == null) {
            repeat(column.getMaxDefinitionLevel() == 0 ? null : definition, definitions, added.level(), added.size());
        } else {
            each(definition, definitions, levels);
        }
        entries += added.size();
        rows += addedRows;
        nulls += added.size() - added.values();
    }

    private static void repeat(
            @Nullable RunLengthBitPackingHybridEncoder encoder, long[] histogram, int level, int count)
            throws IOException {
        histogram[level] += count;
        if (encoder != null) {
            for (int i = 0; i < count; i++) {
                encoder.writeInt(level);
            }
        }
    }

    private static void each(RunLengthBitPackingHybridEncoder encoder, long[] histogram, byte[] levels)
            throws IOException {
        for (byte level : levels) {
            histogram[level]++;
            encoder.writeInt(level);
        }
    }

    int entries() {
        return entries;
    }

    int rows() {
        return rows;
    }

    long nulls() {
        return nulls;
    }

    long bytes() {
        return repetition.getBufferedSize() + definition.getBufferedSize();
    }

    long memory() {
        return repetition.getAllocatedSize() + definition.getAllocatedSize();
    }

    /** The repetition levels as they are stored, without a length; empty if there are none. */
    BytesInput repetitionBytes() throws IOException {
        return column.getMaxRepetitionLevel() == 0 ? BytesInput.empty() : repetition.toBytes();
    }

    /** The definition levels as they are stored, without a length; empty if there are none. */
    BytesInput definitionBytes() throws IOException {
        return column.getMaxDefinitionLevel() == 0 ? BytesInput.empty() : definition.toBytes();
    }

    /** How many entries there are of each level, and how long the texts of the page are. */
    SizeStatistics sizes(long textBytes) {
        return new SizeStatistics(
                column.getPrimitiveType(),
                textBytes,
                column.getMaxRepetitionLevel() == 0 ? List.of() : list(repetitions),
                column.getMaxDefinitionLevel() <= 1 ? List.of() : list(definitions));
    }

    private static List<Long> list(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    void clear() {
        repetition.reset();
        definition.reset();
        Arrays.fill(repetitions, 0);
        Arrays.fill(definitions, 0);
        entries = 0;
        rows = 0;
        nulls = 0;
    }
}
