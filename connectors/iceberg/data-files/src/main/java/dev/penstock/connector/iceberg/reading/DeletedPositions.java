package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.DataException;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SeekableInputStream;

/** Which rows of a data file are deleted by their places: by deletion vectors, and by files of paths and positions. */
final class DeletedPositions {
    private static final Schema PATHS =
            new Schema(List.of(MetadataColumns.DELETE_FILE_PATH, MetadataColumns.DELETE_FILE_POS));
    private static final int BATCH = 4_096;

    private DeletedPositions() {}

    /** A bit for each row of {@code task} that is deleted by its place. */
    static BitSet of(FileScanTask task, FileIO store) {
        BitSet deleted = new BitSet();
        for (DeleteFile file : task.deletes()) {
            if (file.content() != FileContent.POSITION_DELETES) {
                continue;
            }
            if (file.format() == FileFormat.PUFFIN) {
                vector(file, store).forEach(row -> deleted.set(Math.toIntExact(row)));
            } else {
                requireParquet(file);
                positions(file, task.file().location(), store, deleted);
            }
        }
        return deleted;
    }

    static void requireParquet(DeleteFile file) {
        if (file.format() != FileFormat.PARQUET) {
            throw new DataException("Cannot read '" + file.location() + "': deletes in " + file.format()
                    + " are not supported; rewrite the deletes of the table in Parquet");
        }
    }

    private static PositionDeleteIndex vector(DeleteFile file, FileIO store) {
        int size = Math.toIntExact(file.contentSizeInBytes());
        try (SeekableInputStream in = store.newInputFile(file.location()).newStream()) {
            in.seek(file.contentOffset());
            byte[] bytes = in.readNBytes(size);
            if (bytes.length < size) {
                throw new EOFException("'" + file.location() + "' ends too early");
            }
            return PositionDeleteIndex.deserialize(bytes, file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + file.location() + "': " + e.getMessage(), e);
        }
    }

    private static void positions(DeleteFile file, String dataFile, FileIO store, BitSet deleted) {
        byte[] path = dataFile.getBytes(StandardCharsets.UTF_8);
        try (ParquetRows rows = ParquetRows.open(store.newInputFile(file.location()), FileColumns.of(PATHS))) {
            for (Optional<RecordBatch> next = rows.read(BATCH); next.isPresent(); next = rows.read(BATCH)) {
                BytesColumn paths = (BytesColumn) next.get().column(0);
                LongColumn positions = (LongColumn) next.get().column(1);
                for (int row = 0; row < paths.size(); row++) {
                    if (isEqual(paths, row, path)) {
                        deleted.set(Math.toIntExact(positions.get(row)));
                    }
                }
            }
        }
    }

    private static boolean isEqual(BytesColumn paths, int row, byte[] path) {
        int[] offsets = paths.offsets();
        return Arrays.equals(paths.data(), offsets[row], offsets[row + 1], path, 0, path.length);
    }
}
