package dev.penstock.spi.format;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;

/**
 * A format on the side of sinks: it writes the columns of rows into records.
 *
 * <p>A setting named {@link #TOPIC} that the pipeline does not give among the options of the format is filled in from
 * the sink's own setting of that name, for formats whose schemas are named after the topic.
 *
 * <p><b>Order of calls:</b> {@code check* (open encode*)? close}. All batches after {@code open} have one schema.
 *
 * <p><b>Threads:</b> one at a time; an engine that wants several makes several encoders.
 *
 * <p><b>Failures:</b> as of a {@link Decoder}.
 */
public interface Encoder extends AutoCloseable {
    /** The setting that takes over what the sink's setting of that name says. */
    String TOPIC = "topic";

    /**
     * Refuses columns that the format cannot hold. Pure.
     *
     * @throws dev.penstock.spi.ConfigException with all problems
     */
    void check(Schema rows);

    /**
     * Whether records say themselves what has happened to their row. Sinks then see each as an insert: of the record,
     * not of the row.
     */
    default boolean writesOperations() {
        return false;
    }

    /** Whether records can say that a value is {@linkplain dev.penstock.spi.data.Validity#isUnchanged unchanged}. */
    default boolean takesUnchanged() {
        return false;
    }

    /** Makes it ready to encode rows of {@code rows}; may connect. */
    void open(ConnectorContext context, Schema rows);

    /** Writes all columns of {@code rows}. */
    EncodedRecords encode(RecordBatch rows);

    @Override
    void close();
}
