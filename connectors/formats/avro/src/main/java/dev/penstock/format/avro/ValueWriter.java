package dev.penstock.format.avro;

import dev.penstock.spi.data.Column;

/** Writes the value of one row of a column; made for a batch by a {@link Binding}. */
@FunctionalInterface
interface ValueWriter {
    /** Writes the value of {@code row}, which is not null unless the schema has null for it. */
    void write(int row, AvroOutput out);

    /** What a schema and the type of a column decide: made once, and bound to the column of each batch. */
    @FunctionalInterface
    interface Binding {
        /** A writer of the values of {@code column}. */
        ValueWriter to(Column column);
    }
}
