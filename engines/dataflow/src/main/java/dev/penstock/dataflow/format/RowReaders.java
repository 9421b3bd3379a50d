package dev.penstock.dataflow.format;

import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import java.util.List;

/**
 * The readers of rows that come in one form.
 *
 * @param after of rows as they are, with a value for each column that needs one
 * @param deleted of rows that are gone, of which only the key need be known
 * @param before of rows as they were
 */
record RowReaders(ObjectReader after, ObjectReader deleted, ObjectReader before) {
    /** The readers of rows of {@code type}. */
    static RowReaders of(EventColumns columns, DebeziumOptions options, ConnectType type) {
        return new RowReaders(
                reader(columns.fields(), columns.table(), options, type),
                reader(columns.nullable(), columns.table(), options, type),
                reader(columns.nullable(), columns.before(), options, type));
    }

    private static ObjectReader reader(
            List<Field> fields, List<ColumnBuilder> into, DebeziumOptions options, ConnectType type) {
        DebeziumReaders readers = new DebeziumReaders(options);
        return new ObjectReader(
                fields,
                into,
                options.rejectUnknown() ? JsonReaders.Unknown.REJECT : JsonReaders.Unknown.IGNORE,
                (field, builder) -> readers.column(field.type(), builder, type.field(field.name())));
    }
}
