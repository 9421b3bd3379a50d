package dev.penstock.format.protobuf;

import dev.penstock.spi.data.Column;

/** Writes the value of one row of a column, without its tag; made for a batch by a {@link Binding}. */
@FunctionalInterface
interface ValueWriter {
    void write(int row, ProtoOutput out);

    /** What a field and the type of a column decide: made once, and bound to the column of each batch. */
    @FunctionalInterface
    interface Binding {
        ValueWriter to(Column column);
    }
}
