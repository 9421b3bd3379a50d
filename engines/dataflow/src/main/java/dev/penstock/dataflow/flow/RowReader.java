package dev.penstock.dataflow.flow;

import dev.penstock.spi.data.RowView;
import dev.penstock.spi.data.Schema;
import java.util.function.Function;

/**
 * Makes items of rows that lie in columns, without a {@code Row} in between. Columns are looked up once, not once a
 * row:
 *
 * <pre>{@code
 * columns -> {
 *     int id = columns.indexOf("id");
 *     int value = columns.indexOf("value");
 *     return row -> new Reading(row.string(id), row.doubleValue(value));
 * }
 * }</pre>
 *
 * @param <T> the items
 */
@FunctionalInterface
public interface RowReader<T> {
    /** What makes an item of a row of {@code columns}; called once a worker, and again if the columns change. */
    Function<RowView, ? extends T> of(Schema columns);
}
