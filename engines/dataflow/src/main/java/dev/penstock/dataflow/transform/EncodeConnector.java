package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.Format;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.List;

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

    private static final ConfigSpec SPEC = ConfigSpec.of(
            FORMAT,
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
        return new EncodeTransform(config, new BuiltInEncoding(config));
    }
}
