package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.Format;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Optional;

/** {@code encode}: writes all columns into records for a sink. */
public final class EncodeConnector implements Connector {
    /** What the step is called. */
    public static final String NAME = "encode";

    static final ConfigKey<Format> FORMAT = ConfigKey.choice("format", Format.class, "How a record is written")
            .require()
            .example("ndjson");

    static final ConfigKey<String> OPERATION_COLUMN = ConfigKey.string(
                    "operation-column",
                    "Written before the others: insert, update, delete or read; left out if not given")
            .example("op");

    static final ConfigKey<List<String>> KEEP = ConfigKey.strings(
                    "keep", "Columns that stay beside the record as they are; those that the sink names are filled in")
            .defaultValue("")
            .example("order_id");

    static final ConfigKey<List<String>> WITHOUT = ConfigKey.strings(
                    "without", "Columns that are not written into the record")
            .defaultValue("")
            .example("kafka_key");

    /** Which columns are written; for steps of their own. */
    public static final ConfigKey<List<String>> COLUMNS = ConfigKey.strings(
                    "columns", "With into: the columns that are written, in this order")
            .example("[shop, order_id]");

    /** Where they are written to; for steps of their own. */
    public static final ConfigKey<String> INTO = ConfigKey.string(
                    "into",
                    "A further column of bytes that the columns are written into; all become a record if not given")
            .example("kafka_key");

    private static final ConfigSpec SPEC = ConfigSpec.of(
            FORMAT,
            COLUMNS,
            INTO,
            OPERATION_COLUMN,
            KEEP,
            WITHOUT,
            CsvSettings.DELIMITER,
            CsvSettings.QUOTE,
            CsvSettings.HEADER,
            CsvSettings.NULL_TEXT);

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor(NAME, "Writes columns into records of text, ndjson, json or csv", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        return transform(config, new BuiltInEncoding(config));
    }

    /** Into a column of its own, or all columns into the record. */
    static Transform transform(Config config, Encoding encoding) {
        Optional<String> into = config.find(INTO);
        List<String> columns = config.find(COLUMNS).orElse(List.of());
        if (into.isPresent() == columns.isEmpty()) {
            throw new ConfigException(
                    (into.isPresent() ? COLUMNS : INTO).name(),
                    Problem.Code.MISSING,
                    "Cannot encode columns: into and columns go together",
                    "give both, or none to write all columns into the record");
        }
        if (into.isEmpty()) {
            return new EncodeTransform(config, encoding);
        }
        if (!config.get(KEEP).isEmpty()
                || !config.get(WITHOUT).isEmpty()
                || config.find(OPERATION_COLUMN).isPresent()) {
            throw new ConfigException(
                    INTO.name(),
                    Problem.Code.CONFLICT,
                    "Cannot encode columns: all others stay, so keep, without and operation-column mean nothing",
                    "remove them");
        }
        return new EncodeColumnTransform(encoding, columns, into.get());
    }
}
