package dev.penstock.spi;

import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Optional;

/**
 * Looks up rows in what a sink has written.
 *
 * <p><b>Order of calls:</b> {@code open (schema | nearest)* close}. <b>Threads:</b> one at a time.
 */
public interface Search extends AutoCloseable {
    /** The name of the column that {@link #nearest} adds. */
    String SCORE = "score";

    /**
     * Connects.
     *
     * @throws ConfigException if there is nothing to search yet
     */
    void open(ConnectorContext context);

    /** The columns of what is stored, with the model of each vector in its metadata. */
    Schema schema();

    /**
     * The rows nearest to the request, best first, with a column {@link #SCORE}: FLOAT64, greater is better, 1 at most.
     *
     * @throws ConfigException if the request does not fit the table, for example a vector of another dimension
     */
    RecordBatch nearest(Request request);

    @Override
    void close();

    /**
     * What to look for.
     *
     * @param column the vector column
     * @param vector compared with the cosine
     * @param limit the most rows to give
     * @param filter a condition in the store's own language, if any
     */
    record Request(String column, float[] vector, int limit, Optional<String> filter) {}
}
