package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.EncodedRecords;
import java.util.List;

/** How an encoder writes rows. */
interface Encoding extends AutoCloseable {
    /** Adds what is wrong with rows of {@code written}. */
    void check(Schema written, List<Problem> problems);

    /** The column of records that rows of {@code written} become. */
    Field field(Schema written);

    /** Whether records say themselves what has happened to their row, so that sinks need not know it. */
    default boolean writesOperations() {
        return false;
    }

    /** Whether records can say that a value did not change. */
    default boolean takesUnchanged() {
        return false;
    }

    /** Makes it ready to encode. */
    void open(ConnectorContext context);

    /** Writes all columns of {@code rows}. */
    EncodedRecords encode(RecordBatch rows);

    @Override
    void close();
}
