package dev.penstock.connector.postgres;

/**
 * Puts values, as the server sends them in one of its two forms, into the column that it was made for.
 *
 * <p>One for each column of a batch, made once; allocates nothing a value where the type allows it. Nulls are not
 * values: call {@code appendNull} of the column. Not thread safe.
 */
@FunctionalInterface
interface ValueReader {
    /**
     * Appends the value that {@code bytes} hold from {@code from} on.
     *
     * @throws ValueException if it cannot be a value of the column, for example NaN where that is a decimal; what was
     *     appended of the row by then must be {@linkplain dev.penstock.spi.data.ColumnBuilder#truncate truncated} in
     *     every column, this one included
     */
    void read(byte[] bytes, int from, int length);
}
