package dev.penstock.dataflow.transform;

import dev.penstock.spi.Connector;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A step that reads records into columns, which it can find out if nobody declared them. */
public interface FindsColumns extends Connector {
    /** Whether {@code config} says which columns there are, or needs not to. */
    boolean knowsColumns(Config config);

    /** The column that is read. */
    default String readColumn(Config config) {
        return ReadColumn.of(config).name();
    }

    /**
     * Whether the step reads the records of its source, which always have their value. Another column may be unchanged,
     * which is looked at before the step gets its rows, so that it does not take it for null.
     */
    default boolean readsRecord(Config config) {
        return ReadColumn.of(config).isRecord();
    }

    /**
     * The columns and their types; empty if there is nothing to find them in.
     *
     * @param sample rows of the source, read when asked for
     */
    Map<String, String> find(Config config, Supplier<List<RecordBatch>> sample);

    /** {@code config} with {@code columns}, as {@link #find} has found them or an earlier run remembers them. */
    Config withColumns(Config config, Map<String, String> columns);
}
