package dev.penstock.connector.iceberg.reading;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.mapping.NameMapping;

/**
 * What is wanted of a file.
 *
 * @param columns those to read, with their ids in the table
 * @param constants by id, values of columns that the file may lack, as tables keep them of partitions
 * @param names which column of a file without ids is which; those of the table if not given
 */
public record FileColumns(Schema columns, Map<Integer, ?> constants, Optional<NameMapping> names) {
    public FileColumns {
        requireNonNull(columns, "columns");
        requireNonNull(names, "names");
    }

    /** Columns of a file that has ids, and all that the table requires. */
    public static FileColumns of(Schema columns) {
        return new FileColumns(columns, Map.of(), Optional.empty());
    }
}
