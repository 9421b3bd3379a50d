package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.ColumnInference;
import dev.penstock.dataflow.format.CsvOptions;
import dev.penstock.dataflow.format.DecodeOptions;
import dev.penstock.dataflow.format.Format;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.RecordBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code decode}: reads the records of a source into columns. */
public final class DecodeConnector implements FindsColumns {
    /** What the step is called. */
    public static final String NAME = "decode";

    /** What the records are. */
    public static final ConfigKey<Format> FORMAT = ConfigKey.choice("format", Format.class, "How a record is written")
            .require()
            .example("ndjson");

    /** The columns and their types; a {@code !} behind the type refuses records without a value. */
    public static final ConfigKey<Map<String, String>> COLUMNS = ConfigKey.stringMap(
                    "columns", "The columns to read and their types; found out from the data if not given")
            .example("{id: int64!, name: string}");

    static final ConfigKey<UnknownFields> UNKNOWN_FIELDS = ConfigKey.choice(
                    "unknown-fields", UnknownFields.class, "What becomes of JSON fields that are not columns")
            .defaultValue(UnknownFields.IGNORE)
            .in("json");

    /** Which column is read, if not the record; for steps of their own. */
    public static final ConfigKey<String> COLUMN = ConfigKey.string(
                    "column", "The column of bytes that is read; that of records if not given")
            .example("kafka_key");

    /** What the names of columns begin with; for steps of their own. */
    public static final ConfigKey<String> PREFIX = ConfigKey.string(
                    "prefix", "What is put before the names of the columns; nothing if not given")
            .example("key_");

    private static final ConfigSpec SPEC = ConfigSpec.of(
            FORMAT,
            COLUMNS,
            COLUMN,
            PREFIX,
            UNKNOWN_FIELDS,
            CsvSettings.DELIMITER,
            CsvSettings.QUOTE,
            CsvSettings.HEADER,
            CsvSettings.NULL_TEXT);

    /** What becomes of JSON fields that are not columns. */
    enum UnknownFields {
        IGNORE,
        REJECT
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor(NAME, "Reads records of text, ndjson, json or csv into columns", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        return new DecodeTransform(new BuiltInDecoding(config), ReadColumn.of(config));
    }

    @Override
    public boolean knowsColumns(Config config) {
        return config.get(FORMAT) == Format.TEXT || config.find(COLUMNS).isPresent();
    }

    @Override
    public Map<String, String> find(Config config, Supplier<List<RecordBatch>> sample) {
        ColumnInference inference = new ColumnInference(options(config));
        ReadColumn.of(config).records(sample.get()).forEach(inference::observe);
        return inference.columns();
    }

    @Override
    public Config withColumns(Config config, Map<String, String> columns) {
        Map<String, Object> written = new HashMap<>();
        for (ConfigKey<?> key : SPEC.keys()) {
            config.find(key).ifPresent(value -> written.put(key.name(), value));
        }
        written.put(FORMAT.name(), config.get(FORMAT).toString());
        written.put(UNKNOWN_FIELDS.name(), config.get(UNKNOWN_FIELDS).name().toLowerCase(java.util.Locale.ROOT));
        written.put(COLUMNS.name(), columns);
        return SPEC.parse(written).orThrow();
    }

    static DecodeOptions options(Config config) {
        CsvOptions csv = CsvSettings.bind(config);
        return new DecodeOptions(
                config.get(FORMAT),
                // The header line of a file names what is in its records, not what is in another column.
                ReadColumn.of(config).isRecord() ? csv : csv.withoutHeader(),
                config.get(UNKNOWN_FIELDS) == UnknownFields.REJECT);
    }
}
