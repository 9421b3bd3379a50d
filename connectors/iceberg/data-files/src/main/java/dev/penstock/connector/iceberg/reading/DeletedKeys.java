package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.DataException;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.TypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are deleted because columns of theirs have certain values. Keeps what was read of delete files, since many
 * data files often have the same ones. One thread at a time.
 */
final class DeletedKeys {
    private static final int BATCH = 4_096;

    private final FileIO store;
    private final Schema table;
    private Map<String, Set<List<@Nullable Object>>> read = new HashMap<>();

    DeletedKeys(FileIO store, Schema table) {
        this.store = store;
        this.table = table;
    }

    /** The ids of columns that {@code task} must be read with. */
    static Set<Integer> columns(FileScanTask task) {
        Set<Integer> ids = new TreeSet<>();
        equalities(task).forEach(file -> ids.addAll(file.equalityFieldIds()));
        return ids;
    }

    private static List<DeleteFile> equalities(FileScanTask task) {
        return task.deletes().stream()
                .filter(file -> file.content() == FileContent.EQUALITY_DELETES)
                .toList();
    }

    /**
     * Values of some columns that rows are deleted by.
     *
     * @param ids of the columns
     */
    record Keys(List<Integer> ids, Set<List<@Nullable Object>> values) {
        /** Takes the rows with such values from {@code keep}; {@code columns} are those of {@link #ids}. */
        void clear(List<Column> columns, boolean[] keep) {
            for (int row = 0; row < keep.length; row++) {
                keep[row] &= !values.contains(key(columns, row));
            }
        }
    }

    /** What the rows of {@code task} are deleted by; forgets what it does not need. */
    List<Keys> of(FileScanTask task) {
        Map<String, Set<List<@Nullable Object>>> needed = new HashMap<>();
        List<Keys> keys = new ArrayList<>();
        for (DeleteFile file : equalities(task)) {
            Set<List<@Nullable Object>> known = read.get(file.location());
            Set<List<@Nullable Object>> values = known == null ? values(file) : known;
            needed.put(file.location(), values);
            keys.add(new Keys(file.equalityFieldIds(), values));
        }
        read = needed;
        return keys;
    }

    private Set<List<@Nullable Object>> values(DeleteFile file) {
        DeletedPositions.requireParquet(file);
        List<Integer> ids = file.equalityFieldIds();
        Schema columns = columns(table, ids, file.location());
        Set<List<@Nullable Object>> values = new HashSet<>();
        try (ParquetRows rows = ParquetRows.open(store.newInputFile(file.location()), FileColumns.of(columns))) {
            for (Optional<RecordBatch> next = rows.read(BATCH); next.isPresent(); next = rows.read(BATCH)) {
                for (int row = 0; row < next.get().rowCount(); row++) {
                    values.add(key(next.get().columns(), row));
                }
            }
        }
        return values;
    }

    /** The columns with {@code ids} and no other, in this order. */
    static Schema columns(Schema table, List<Integer> ids, String location) {
        Schema selected = TypeUtil.select(table, new TreeSet<>(ids));
        return new Schema(ids.stream()
                .map(id -> Optional.ofNullable(selected.asStruct().field(id))
                        .orElseThrow(() -> new DataException("Cannot apply the deletes of '" + location
                                + "': they go by column " + id + ", which is no column of the table's top level;"
                                + " rewrite the deletes of the table")))
                .toList());
    }

    private static List<@Nullable Object> key(List<Column> columns, int row) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value(row);
        }
        return Arrays.asList(values);
    }
}
