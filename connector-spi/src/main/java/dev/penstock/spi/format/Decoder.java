package dev.penstock.spi.format;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A format on the side of sources: it reads the bytes of records into columns, which take the place of the column
 * {@link dev.penstock.spi.Payload#COLUMN}. The pipeline's {@code columns} reach it as the setting {@link #COLUMNS}.
 *
 * <p><b>Order of calls:</b> {@code (columns | find)* (open decode*)? close}.
 *
 * <p><b>Threads:</b> one at a time; an engine that wants several makes several decoders.
 *
 * <p><b>Failures:</b> what is wrong with a record is a rejected row; what is wrong outside of it is a
 * {@link dev.penstock.spi.ConnectorException}, and never a rejected row.
 */
public interface Decoder extends AutoCloseable {
    /** The columns to read and their types; a {@code !} behind the type refuses records without a value. */
    ConfigKey<Map<String, String>> COLUMNS = ConfigKey.stringMap(
                    "columns", "The columns to read and their types; those of the schema if not given")
            .example("{id: int64!, name: string}");

    /**
     * The columns that the settings declare; empty if they are to be found. Pure.
     *
     * @throws ConfigException if they cannot be, with all problems
     */
    Optional<List<Field>> columns();

    /**
     * Finds the columns that nobody declared: in a schema, which may mean to connect, or in {@code sample}, which reads
     * from the source when it is asked. The engine remembers them and sets {@link #COLUMNS} to them from then on. Empty
     * if there is nothing to find them in.
     *
     * @throws ConfigException if there can be no columns with these settings
     */
    List<Field> find(Supplier<List<RecordBatch>> sample);

    /** Makes it ready to decode; columns are known by then. */
    void open(ConnectorContext context);

    /** Reads {@code records}, a column of {@code input}. */
    DecodedRecords decode(RecordBatch input, BytesColumn records);

    @Override
    void close();

    /**
     * What {@code config} has under {@link #COLUMNS}, as fields: what most formats answer {@link #columns} with.
     *
     * @throws ConfigException if one of the types cannot be read
     */
    static Optional<List<Field>> declared(Config config) {
        return config.find(COLUMNS).filter(columns -> !columns.isEmpty()).map(columns -> {
            List<Field> fields = new ArrayList<>();
            List<Problem> problems = new ArrayList<>();
            columns.forEach((name, type) -> {
                try {
                    fields.add(Field.parse(name, type));
                } catch (IllegalArgumentException e) {
                    problems.add(Problem.error(
                            COLUMNS.name() + "." + name, Problem.Code.INVALID, String.valueOf(e.getMessage()), ""));
                }
            });
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            return fields;
        });
    }
}
