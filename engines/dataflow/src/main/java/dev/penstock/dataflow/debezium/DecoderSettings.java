package dev.penstock.dataflow.debezium;

import dev.penstock.dataflow.format.DebeziumMetadata;
import dev.penstock.dataflow.format.DebeziumOptions;
import dev.penstock.dataflow.format.DebeziumOptions.Binaries;
import dev.penstock.dataflow.format.DebeziumOptions.Decimals;
import dev.penstock.dataflow.format.DebeziumOptions.Policy;
import dev.penstock.dataflow.format.DebeziumOptions.TimeUnit;
import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.format.Decoder;
import java.util.ArrayList;
import java.util.List;

/** The settings of the decoder. */
final class DecoderSettings {
    private static final String VALUES = "values";

    static final ConfigKey<List<String>> METADATA = ConfigKey.strings(
                    "metadata",
                    "Columns to add, named debezium_ and: source-time, read-time, connector, name, database, schema,"
                            + " table, snapshot, lsn, transaction-number, source, transaction, transaction-order,"
                            + " table-order")
            .defaultValue("")
            .example("source-time, lsn");
    static final ConfigKey<String> KEY_COLUMN = ConfigKey.column(
                    "key-column", "The column with the key of the message, for deletes that say nothing else")
            .example("kafka_key");
    static final ConfigKey<Tombstones> TOMBSTONES = ConfigKey.choice(
                    "tombstones",
                    Tombstones.class,
                    "What messages without a value are: nothing, as a delete came before, or deletes by key")
            .defaultValue(Tombstones.IGNORE);
    static final ConfigKey<Truncates> TRUNCATES = ConfigKey.choice(
                    "truncates", Truncates.class, "What the truncation of the table is: a bad record, or nothing")
            .defaultValue(Truncates.REJECT);
    static final ConfigKey<UnknownFields> UNKNOWN_FIELDS = ConfigKey.choice(
                    "unknown-fields", UnknownFields.class, "What becomes of fields of a row that are not columns")
            .defaultValue(UnknownFields.IGNORE);
    static final ConfigKey<TimeUnit> TIME_UNIT = ConfigKey.choice(
                    "time-unit", TimeUnit.class, "The unit of times that are numbers, where no schema says it")
            .defaultValue(TimeUnit.MICROS)
            .in(VALUES);
    static final ConfigKey<Decimals> DECIMALS = ConfigKey.choice(
                    "decimals", Decimals.class, "What strings for decimals hold, where no schema says it")
            .defaultValue(Decimals.PRECISE)
            .in(VALUES);
    static final ConfigKey<Binaries> BINARIES = ConfigKey.choice("binaries", Binaries.class, "How bytes are written")
            .defaultValue(Binaries.BASE64)
            .in(VALUES);
    static final ConfigKey<String> PLACEHOLDER = ConfigKey.string(
                    "placeholder", "What Debezium writes for a value that did not change and that it does not know")
            .defaultValue(DebeziumOptions.Values.PLACEHOLDER)
            .in(VALUES);

    static final ConfigSpec SPEC = RegistrySettings.behind(ConfigSpec.builder()
                    .keys(
                            Decoder.COLUMNS,
                            METADATA,
                            KEY_COLUMN,
                            TOMBSTONES,
                            TRUNCATES,
                            UNKNOWN_FIELDS,
                            TIME_UNIT,
                            DECIMALS,
                            BINARIES,
                            PLACEHOLDER))
            .whenRequire(TOMBSTONES, Tombstones.DELETE, KEY_COLUMN)
            .build();

    private DecoderSettings() {}

    /** What becomes of messages without a value. */
    enum Tombstones {
        IGNORE,
        DELETE
    }

    /** What becomes of truncations. */
    enum Truncates {
        REJECT,
        IGNORE
    }

    /** What becomes of fields that are not columns. */
    enum UnknownFields {
        IGNORE,
        REJECT
    }

    static DebeziumOptions bind(Config config) {
        return new DebeziumOptions(
                metadata(config.get(METADATA)),
                config.find(KEY_COLUMN),
                new DebeziumOptions.Values(
                        config.get(TIME_UNIT), config.get(DECIMALS), config.get(BINARIES), config.get(PLACEHOLDER)),
                new DebeziumOptions.Policies(
                        config.get(TRUNCATES) == Truncates.REJECT ? Policy.REJECT : Policy.IGNORE,
                        config.get(TOMBSTONES) == Tombstones.DELETE ? Policy.DELETE : Policy.IGNORE),
                config.get(UNKNOWN_FIELDS) == UnknownFields.REJECT);
    }

    private static List<DebeziumMetadata> metadata(List<String> names) {
        List<Problem> problems = new ArrayList<>();
        List<DebeziumMetadata> columns =
                ConfigType.oneOf(DebeziumMetadata.class).parseEach(names, METADATA.name(), problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return columns;
    }
}
