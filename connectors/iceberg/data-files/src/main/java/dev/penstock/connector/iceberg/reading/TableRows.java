package dev.penstock.connector.iceberg.reading;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.PartitionUtil;

/**
 * Opens data files of a table, as scans plan them, so that deleted rows do not show. One thread at a time; the rows
 * that it opens, too.
 */
public final class TableRows {
    private final FileIO store;
    private final Schema table;
    private final List<NestedField> wanted;
    private final dev.penstock.spi.data.Schema rows;
    private final Optional<NameMapping> names;
    private final DeletedKeys keys;

    /**
     * Columns {@code wanted} of {@code table} as it is now, whatever files were written with.
     *
     * @param wanted columns of the top level, in the order that rows shall have
     * @param rows what these columns are in rows, perhaps with a key
     */
    public TableRows(Table table, List<NestedField> wanted, dev.penstock.spi.data.Schema rows) {
        this.store = table.io();
        this.table = table.schema();
        this.wanted = List.copyOf(wanted);
        this.rows = requireNonNull(rows, "rows");
        this.names = Optional.ofNullable(table.properties().get(TableProperties.DEFAULT_NAME_MAPPING))
                .map(NameMappingParser::fromJson);
        this.keys = new DeletedKeys(store, table.schema());
    }

    /**
     * The rows of the file of {@code task}, all of it, without those that its delete files take away. Columns of row
     * lineage are null where the file does not hold them.
     *
     * @throws DataException if it is no Parquet file, or its deletes are in none
     */
    public LiveRows open(FileScanTask task) {
        requireNonNull(task, "task");
        if (task.file().format() != FileFormat.PARQUET) {
            throw new DataException("Cannot read '" + task.file().location() + "': files in "
                    + task.file().format() + " are not supported; rewrite the data files of the table in Parquet");
        }
        List<NestedField> columns = new ArrayList<>(wanted);
        Set<Integer> ids = DeletedKeys.columns(task);
        wanted.forEach(column -> ids.remove(column.fieldId()));
        columns.addAll(DeletedKeys.columns(table, List.copyOf(ids), task.file().location())
                .columns());
        ParquetRows file = ParquetRows.open(
                store.newInputFile(task.file().location()),
                new FileColumns(new Schema(columns), constants(task), names));
        try {
            LiveRows.Deletes deletes = new LiveRows.Deletes(DeletedPositions.of(task, store), keys.of(task));
            return new LiveRows(file, columns, rows, deletes);
        } catch (RuntimeException e) {
            try (file) {
                throw e;
            }
        }
    }

    /** Ids of rows are none: each row has its own, and a file may hold those of some of its rows. */
    private static Map<Integer, ?> constants(FileScanTask task) {
        Map<Integer, ?> constants = new HashMap<>(PartitionUtil.constantsMap(task));
        constants.remove(MetadataColumns.ROW_ID.fieldId());
        constants.remove(MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER.fieldId());
        return constants;
    }
}
