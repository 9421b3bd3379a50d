package dev.penstock.connector.kafka;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.DataType;
import java.util.Optional;

/** Which column is the key of records, and how it is written. */
final class KeyColumn {
    private KeyColumn() {}

    /** The column that the pipeline names, or the one that tells rows apart. */
    static Optional<String> of(SinkSettings.Columns columns, WriteMode mode) {
        return columns.key().or(() -> mode.key().stream().findFirst());
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
