package dev.penstock.connector.postgres;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/** The columns of a table, to put the values of rows into. Not thread safe. */
final class ValueColumns {
    private final ChangedTable table;
    private final ColumnBuilder[] columns;
    private final @Nullable ValueReader[] binary;
    private final @Nullable ValueReader[] text;

    /** The first columns of {@code rows}, which are those of {@code table}. */
    ValueColumns(ChangedTable table, BatchBuilder rows) {
        this.table = table;
        this.columns = new ColumnBuilder[table.width()];
        this.binary = new ValueReader[table.width()];
        this.text = new ValueReader[table.width()];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = rows.column(column);
        }
    }

    /**
     * Appends a row; the columns that it does not have get null.
     *
     * @throws ValueException naming the column whose value cannot be had
     */
    void append(ReplicationTuple row) {
        for (int column = 0; column < columns.length; column++) {
            if (column >= row.size()) {
                columns[column].appendNull();
            } else {
                append(column, row);
            }
        }
    }

    private void append(int column, ReplicationTuple row) {
        switch (row.kind(column)) {
            case ReplicationTuple.NULL -> columns[column].appendNull();
            case ReplicationTuple.UNCHANGED -> columns[column].appendUnchanged();
            case ReplicationTuple.BINARY -> read(column, binary(column), row);
            default -> read(column, text(column), row);
        }
    }

    private void read(int column, ValueReader reader, ReplicationTuple row) {
        append(column, reader, row.bytes(), row.start(column), row.length(column));
    }

    /** Appends the value of one column. */
    void appendBinary(int column, byte[] bytes, int from, int length) {
        append(column, binary(column), bytes, from, length);
    }

    /** Appends the value of one column. */
    void appendText(int column, byte[] bytes, int from, int length) {
        append(column, text(column), bytes, from, length);
    }

    void appendNull(int column) {
        columns[column].appendNull();
    }

    private void append(int column, ValueReader reader, byte[] bytes, int from, int length) {
        try {
            reader.read(bytes, from, length);
        } catch (ValueException e) {
            throw new ValueException("column '" + table.schema().field(column).name() + "': " + e.getMessage());
        }
    }

    private ValueReader binary(int column) {
        ValueReader reader = binary[column];
        if (reader == null) {
            reader = table.types().get(column).codec().binaryReader(columns[column]);
            binary[column] = reader;
        }
        return reader;
    }

    private ValueReader text(int column) {
        ValueReader reader = text[column];
        if (reader == null) {
            reader = table.types().get(column).codec().textReader(columns[column]);
            text[column] = reader;
        }
        return reader;
    }

    /** Appends a row of which nothing is known. */
    void appendNulls() {
        for (ColumnBuilder column : columns) {
            column.appendNull();
        }
    }
}
