package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Optional;

/** How a decoder learns its columns and reads records into them. */
interface Decoding extends AutoCloseable {
    /** The columns; what is wrong with them goes to {@code problems}. */
    List<Field> fields(List<Problem> problems);

    /** Adds what is wrong with rows of {@code input} besides their record. */
    default void check(Schema input, List<Problem> problems) {}

    /** Makes it ready to decode. */
    void open(ConnectorContext context);

    /** Reads {@code records}, a column of {@code input}. */
    Decoded decode(RecordBatch input, BytesColumn records);

    @Override
    void close();

    /**
     * What the records of a batch became.
     *
     * @param columns a column for each field
     * @param changes the rows with their operations and, if the format knows them, event times and rows before; those
     *     of the input if empty
     * @param inputRows the row of the batch that each row came from, ascending
     * @param rejected the rows that could not be read
     */
    record Decoded(List<Column> columns, Optional<RecordBatch> changes, int[] inputRows, List<RejectedRow> rejected) {
        public Decoded {
            columns = List.copyOf(columns);
            rejected = List.copyOf(rejected);
        }
    }
}
