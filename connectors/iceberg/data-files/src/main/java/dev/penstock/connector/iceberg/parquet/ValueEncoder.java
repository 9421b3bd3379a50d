package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.Column;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Encodes the values of one column of a file that are not null, page by page. */
interface ValueEncoder {
    /** Adds the values of {@code column} at {@code positions[from]} to {@code positions[to - 1]}, none of them null. */
    void write(Column column, int[] positions, int from, int to);

    /** What the values of the page are as they are; what bounds a page. */
    long rawBytes();

    /** The bytes of texts on this page without their lengths; 0 for other types. */
    long textBytes();

    /** What all of this takes in memory. */
    long memory();

    /**
     * Adds the least and greatest value of the page to {@code statistics}, and begins to look for those of the next.
     */
    void bounds(Statistics<?> statistics);

    /** The page as it is stored, then begun anew. */
    BytesInput finishPage() throws IOException;

    /** How the page finished last is stored. */
    Encoding encoding();

    /** The dictionary that pages of this row group use, if any; the values begin anew for the next row group. */
    @Nullable DictionaryPage finishRowGroup();

    /** What only an encoder knows of the file's values: how many are not a number, and bounds that leave those out. */
    default Stream<FieldMetrics<?>> metrics(int fieldId, long nulls) {
        return Stream.empty();
    }
}
