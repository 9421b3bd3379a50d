package dev.penstock.conformance.history;

import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;

/**
 * How numbered rows look to a connector: as columns, or encoded in the payload of a file or message.
 *
 * <p>Public, with a public constructor without parameters: child processes make it by the name of its class.
 */
public interface RowLayout {
    /** A column for each part of a {@link NumberedRow}. */
    RowLayout COLUMNS = new ColumnLayout();

    /** A line of text in the column of {@link dev.penstock.spi.Payload}. */
    RowLayout LINES = new LineLayout();

    /** The columns of {@link #batch}. */
    Schema schema();

    /** The rows for the connector. */
    RecordBatch batch(List<NumberedRow> rows);

    /** The rows that the connector gave. */
    List<NumberedRow> rows(RecordBatch batch);

    /** The layout whose class is named {@code name}: one of the kit's, or one that came with a fixture. */
    static RowLayout named(String name) {
        try {
            return found(name).asSubclass(RowLayout.class).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "Cannot make layout '" + name + "': a public class with a public constructor without parameters"
                            + " is needed",
                    e);
        }
    }

    /** The loader of a connector does not show the kit, and that of the kit no fixture. */
    private static Class<?> found(String name) throws ClassNotFoundException {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException notOfTheKit) {
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
        }
    }
}
