package dev.penstock.connector.iceberg.parquet;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;

/**
 * Deletes by values: a file whose rows say, in a few columns, which rows of the table are gone. It is written as any
 * file of rows; only what a commit is told of it differs.
 */
public final class EqualityDeletes {
    private EqualityDeletes() {}

    /**
     * Describes {@code written} as deletes.
     *
     * @param spec that the file was written for
     * @param columns the ids of the columns that are compared; the file has no others
     */
    public static DeleteFile describe(DataFile written, PartitionSpec spec, List<Integer> columns) {
        requireNonNull(written, "written");
        FileMetadata.Builder file = FileMetadata.deleteFileBuilder(requireNonNull(spec, "spec"))
                .ofEqualityDeletes(columns.stream().mapToInt(Integer::intValue).toArray())
                .withPath(written.location())
                .withFormat(written.format())
                .withFileSizeInBytes(written.fileSizeInBytes())
                .withMetrics(metrics(written))
                .withSplitOffsets(written.splitOffsets());
        if (spec.isPartitioned()) {
            file.withPartition(written.partition());
        }
        return file.build();
    }

    private static Metrics metrics(DataFile written) {
        return new Metrics(
                written.recordCount(),
                written.columnSizes(),
                written.valueCounts(),
                written.nullValueCounts(),
                written.nanValueCounts(),
                written.lowerBounds(),
                written.upperBounds());
    }
}
