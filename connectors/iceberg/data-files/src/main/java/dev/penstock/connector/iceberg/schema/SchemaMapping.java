package dev.penstock.connector.iceberg.schema;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Schema;
import java.util.Optional;
import org.apache.iceberg.types.Type;

/** Which columns of a table hold which columns of rows. Pure. */
public interface SchemaMapping {
    /**
     * The columns of a new table for rows of {@code columns}, with ids from 1 on; a column that is never null is
     * required.
     *
     * @throws IllegalArgumentException naming the first column whose type no table can hold
     */
    org.apache.iceberg.Schema table(Schema columns);

    /** The type of a column for values of {@code type}, nested ids from 1 on; empty if no table can hold them. */
    Optional<Type> type(DataType type);

    /**
     * Whether values of {@code type} can be written into a column of type {@code stored} as they are: names and nesting
     * are the same, ids do not matter, and each value is one that the column can hold.
     */
    boolean fits(DataType type, Type stored);
}
