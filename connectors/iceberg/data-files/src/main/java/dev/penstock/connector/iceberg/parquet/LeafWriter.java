package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** One column of a file that has values: cuts them into pages, and pages into row groups. */
final class LeafWriter {
    private final ColumnDescriptor column;
    private final WriteSettings settings;
    private final boolean statistics;
    private final PageLevels levels;
    private final ValueEncoder values;
    private @Nullable PageWriter pages;
    private long nulls;

    /** {@code name}: what the table calls the column, with points between the parts of its path. */
    LeafWriter(ColumnDescriptor column, String name, WriteSettings settings) {
        this.column = column;
        this.settings = settings;
        this.statistics = settings.statistics(name);
        this.levels = new PageLevels(column);
        this.values = encoder(column.getPrimitiveType(), settings.dictionary(name), settings.dictionaryBytes());
    }

    private static ValueEncoder encoder(PrimitiveType type, boolean dictionary, int bound) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanEncoder();
            case INT32 -> new IntEncoder(false, dictionary, bound);
            case FLOAT -> new IntEncoder(true, dictionary, bound);
            case INT64 -> new LongEncoder(false, dictionary, bound);
            case DOUBLE -> new LongEncoder(true, dictionary, bound);
            case BINARY -> new BytesEncoder(true, false, dictionary, bound);
            case FIXED_LEN_BYTE_ARRAY -> new BytesEncoder(false, isDecimal(type), dictionary, bound);
            case INT96 -> throw new IllegalArgumentException("Iceberg has no INT96");
        };
    }

    private static boolean isDecimal(PrimitiveType type) {
        return type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
    }

    /** Where pages of the row group that begins go. */
    void begin(PageWriter newPages) {
        this.pages = newPages;
    }

    /** Adds {@code rows} whole rows; their values are at {@code positions} of {@code source}. */
    void write(Entries entries, Column source, int[] positions, int rows) {
        makeRoom(rows);
        values.write(source, positions, 0, positions.length);
        added(entries, rows);
    }

    /** Adds {@code rows} whole rows without a value. */
    void writeNulls(Entries entries, int rows) {
        makeRoom(rows);
        added(entries, rows);
    }

    private void makeRoom(int rows) {
        if (levels.rows() > 0 && levels.rows() + rows > settings.pageRows()) {
            finishPage();
        }
    }

    private void added(Entries entries, int rows) {
        try {
            levels.add(entries, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nulls += entries.size() - entries.values();
        if (values.rawBytes() + levels.bytes() >= settings.pageBytes()) {
            finishPage();
        }
    }

    private void finishPage() {
        try {
            Statistics<?> bounds = statistics
                    ? Statistics.createStats(column.getPrimitiveType())
                    : Statistics.noopStats(column.getPrimitiveType());
            long texts = values.textBytes();
            values.bounds(bounds);
            bounds.incrementNumNulls(levels.nulls());
            BytesInput data = values.finishPage();
            if (settings.secondVersion()) {
                writeSecond(bounds, texts, data);
            } else {
                writeFirst(bounds, texts, data);
            }
            levels.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeFirst(Statistics<?> bounds, long texts, BytesInput data) throws IOException {
        BytesInput page = BytesInput.concat(sized(levels.repetitionBytes()), sized(levels.definitionBytes()), data);
        pages().writePage(
                        page,
                        levels.entries(),
                        levels.rows(),
                        bounds,
                        levels.sizes(texts),
                        noGeometry(),
                        Encoding.RLE,
                        Encoding.RLE,
                        values.encoding());
    }

    private void writeSecond(Statistics<?> bounds, long texts, BytesInput data) throws IOException {
        pages().writePageV2(
                        levels.rows(),
                        Math.toIntExact(levels.nulls()),
                        levels.entries(),
                        levels.repetitionBytes(),
                        levels.definitionBytes(),
                        values.encoding(),
                        data,
                        bounds,
                        levels.sizes(texts),
                        noGeometry());
    }

    private static BytesInput sized(BytesInput levels) {
        return levels.size() == 0
                ? levels
                : BytesInput.concat(BytesInput.fromInt(Math.toIntExact(levels.size())), levels);
    }

    private GeospatialStatistics noGeometry() {
        return GeospatialStatistics.newBuilder(column.getPrimitiveType()).build();
    }

    /** Writes what is left of the row group, with its dictionary. */
    void finishRowGroup() throws IOException {
        if (levels.entries() > 0) {
            finishPage();
        }
        DictionaryPage dictionary = values.finishRowGroup();
        if (dictionary != null) {
            pages().writeDictionaryPage(dictionary);
        }
        pages = null;
    }

    /** The bytes of the row group so far: pages as they are stored, and the page under way as it is. */
    long rowGroupBytes() {
        return pages().getMemSize() + values.rawBytes() + levels.bytes();
    }

    /** What the column takes in memory. */
    long memory() {
        return (pages == null ? 0 : pages.allocatedSize()) + values.memory() + levels.memory();
    }

    /** What only the writer of values knows of them. */
    Stream<FieldMetrics<?>> metrics() {
        return values.metrics(column.getPrimitiveType().getId().intValue(), nulls);
    }

    private PageWriter pages() {
        if (pages == null) {
            throw new IllegalStateException("no row group has begun");
        }
        return pages;
    }
}
