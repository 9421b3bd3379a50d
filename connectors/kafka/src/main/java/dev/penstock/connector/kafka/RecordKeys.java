package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of the rows of one batch: one column as it is or as text, or several as a JSON object. */
final class RecordKeys {
    private final List<Column> columns;
    private final @Nullable KeyObject object;

    RecordKeys(RecordBatch batch, KeyColumns names) {
        this.columns = names.names().stream().map(batch::column).toList();
        this.object = names.isObject() ? new KeyObject(names.names(), columns) : null;
    }

    /** Whether a part of the key of {@code row} is null, or there is no key at all. */
    boolean isIncomplete(int row) {
        return columns.isEmpty() || columns.stream().anyMatch(column -> column.isNull(row));
    }

    byte @Nullable [] key(int row) {
        if (object != null) {
            return object.write(row);
        }
        if (columns.isEmpty() || columns.get(0).isNull(row)) {
            return null;
        }
        Column column = columns.get(0);
        return column instanceof BytesColumn bytes && KeyColumns.isWrittenAsItIs(column.type())
                ? bytes.bytes(row)
                : String.valueOf(column.value(row)).getBytes(UTF_8);
    }
}
