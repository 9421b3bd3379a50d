package dev.penstock.dataflow.flow;

/**
 * Writes an item into the columns of a row, without an object for the row:
 *
 * <pre>{@code
 * (reading, row) -> row.string(0, reading.id()).doubleValue(1, reading.value())
 * }</pre>
 *
 * @param <T> the items
 */
@FunctionalInterface
public interface RowMapper<T> {
    /** Writes {@code item}; columns that are not written are null. */
    void write(T item, RowWriter row);
}
