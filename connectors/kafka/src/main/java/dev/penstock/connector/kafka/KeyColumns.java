package dev.penstock.connector.kafka;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.DataType;
import java.util.List;

/**
 * Which columns are the key of records.
 *
 * @param names none if records have no key
 * @param isObject whether it is written as a JSON object of all of them, rather than as the value of the only one
 */
record KeyColumns(List<String> names, boolean isObject) {
    KeyColumns {
        names = List.copyOf(names);
    }

    /** The columns that the pipeline names, or those that tell rows apart. */
    static KeyColumns of(SinkSettings.Columns columns, WriteMode mode) {
        if (columns.key().isPresent()) {
            return new KeyColumns(List.of(columns.key().get()), false);
        }
        List<String> named = columns.keyObject();
        return named.isEmpty() ? new KeyColumns(mode.key(), mode.key().size() > 1) : new KeyColumns(named, true);
    }

    /** Whether they are what tells rows apart. */
    boolean tellApart(List<String> rows) {
        return names.size() == rows.size() && names.containsAll(rows);
    }

    static boolean isWrittenAsItIs(DataType type) {
        return type == DataType.BYTES || type == DataType.STRING || type == DataType.JSON;
    }

    /** Whether values of {@code type} have one text each. */
    static boolean canBe(DataType type) {
        return isWrittenAsItIs(type)
                || type == DataType.UUID
                || type == DataType.INT8
                || type == DataType.INT16
                || type == DataType.INT32
                || type == DataType.INT64
                || type == DataType.BOOLEAN
                || type == DataType.DATE;
    }
}
