package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** All keys of a pipeline file that belong to no connector: what validation, help and JSON Schema are made from. */
final class Sections {
    static final ConfigKey<String> PIPELINE = ConfigKey.string(
                    "pipeline", "The name of the pipeline and of its state: lower case letters, digits and hyphens")
            .require()
            .example("docs-search");
    static final ConfigKey<Guarantee> GUARANTEE = ConfigKey.choice(
            "guarantee", Guarantee.class, "What the pipeline must promise; refused when its parts cannot give it");
    static final ConfigKey<Object> CHECKPOINT = ConfigKey.of(
                    "checkpoint", ConfigType.ANY, "When epochs are sealed and where state is kept, or none")
            .example("{ interval: 10s, state: ./state }");
    static final ConfigKey<Object> RUNTIME = section("runtime", "Threads and memory");
    static final ConfigKey<Object> SOURCE = section("source", "Where rows come from");
    static final ConfigKey<Object> SOURCES = section(
            "sources", "Several sources; merged, and then of equal columns, unless steps take from them by name");
    static final ConfigKey<Object> TRANSFORMS =
            section("transforms", "What changes rows on the way, in order: each a connector and its settings");
    static final ConfigKey<Object> SINK = section("sink", "Where rows go");
    static final ConfigKey<Object> SINKS = section("sinks", "Several sinks, each gets all rows");
    static final ConfigKey<Object> ERRORS = section("errors", "What becomes of rows that cannot be taken");

    static final ConfigSpec ROOT = ConfigSpec.builder()
            .keys(PIPELINE, GUARANTEE, CHECKPOINT, RUNTIME, SOURCE, SOURCES, TRANSFORMS, SINK, SINKS, ERRORS)
            .oneOf(SOURCE, SOURCES)
            .oneOf(SINK, SINKS)
            .build();

    static final ConfigKey<Duration> INTERVAL = ConfigKey.duration("interval", "From one epoch to the next")
            .defaultValue("10s")
            .min(1);
    static final ConfigKey<Path> STATE = ConfigKey.path(
                    "state",
                    "The directory of the state; .penstock and the pipeline's name, beside the pipeline file, if not given")
            .example("./state");
    static final ConfigSpec CHECKPOINT_KEYS = ConfigSpec.of(INTERVAL, STATE);

    static final ConfigKey<Integer> WORKERS = ConfigKey.integer("workers", "How many chains run side by side")
            .defaultValue(RuntimeSettings.DEFAULT.workers())
            .min(1)
            .max(1024);
    static final ConfigKey<Integer> BATCH_ROWS = ConfigKey.integer(
                    "batch-rows", "The most rows of a batch that sources are asked for")
            .defaultValue(RuntimeSettings.DEFAULT.batchRows())
            .min(1);
    static final ConfigKey<Long> BATCH_BYTES = ConfigKey.size(
                    "batch-bytes", "The most bytes of a batch that sources are asked for")
            .defaultValue("1MiB")
            .min(1);
    static final ConfigKey<Long> QUEUE_BYTES = ConfigKey.size(
                    "queue-bytes", "The most bytes that wait between readers and chains, over all partitions")
            .defaultValue("8MiB")
            .min(1);
    static final ConfigKey<Duration> DISCOVERY_INTERVAL = ConfigKey.duration(
                    "discovery-interval", "From one look for new partitions to the next")
            .defaultValue("10s")
            .min(1);
    static final ConfigKey<Integer> MAX_RESTARTS = ConfigKey.integer(
                    "max-restarts", "How often the pipeline restarts in process without progress before it fails")
            .defaultValue(RuntimeSettings.DEFAULT.maxRestarts())
            .min(0);
    static final ConfigKey<Long> STATE_MEMORY = ConfigKey.size(
                    "state-memory",
                    "The most memory for the states of all steps that keep some, roughly, beyond which they wait on disk;"
                            + " a quarter of the heap if not given")
            .example("256MiB")
            .min(1);
    static final ConfigSpec RUNTIME_KEYS = ConfigSpec.of(
            WORKERS, BATCH_ROWS, BATCH_BYTES, QUEUE_BYTES, DISCOVERY_INTERVAL, MAX_RESTARTS, STATE_MEMORY);

    /** What becomes of a row that cannot be taken. */
    enum Policy {
        HALT,
        DEAD_LETTER
    }

    static final ConfigKey<Policy> POLICY = ConfigKey.choice(
                    "policy", Policy.class, "Stop before the row, or write it to a sink of its own and go on")
            .defaultValue(Policy.HALT);
    static final ConfigKey<Object> ERROR_SINK = ConfigKey.of("sink", ConfigType.ANY, "Where rejected rows go");
    static final ConfigSpec ERROR_KEYS = ConfigSpec.builder()
            .keys(POLICY, ERROR_SINK)
            .whenRequire(POLICY, Policy.DEAD_LETTER, ERROR_SINK)
            .whenForbid(POLICY, Policy.HALT, ERROR_SINK)
            .build();

    static final ConfigKey<String> CONNECTOR =
            ConfigKey.string("connector", "Which connector it is").require();
    static final ConfigKey<String> NAME = ConfigKey.string(
            "name", "The name of the step, which its state is kept under; the connector's if not given");
    static final ConfigKey<List<String>> FROM = ConfigKey.strings(
                    "from",
                    "The steps whose rows it gets, in place of those before it; step.output for a further output of one")
            .example("[orders]");
    static final ConfigKey<Object> FORMAT = ConfigKey.of(
                    "format", ConfigType.ANY, "How records are encoded: a name, or a mapping of type and its options")
            .example("ndjson");
    static final ConfigKey<Map<String, String>> COLUMNS = ConfigKey.stringMap(
                    "columns", "The columns that the format gives, each with its type; found by sampling if not given")
            .example("{ id: int64, price: 'decimal(10,2)' }");
    static final ConfigSpec SOURCE_KEYS = ConfigSpec.of(CONNECTOR, NAME, FORMAT, COLUMNS);

    static final ConfigKey<WriteMode.Kind> MODE = ConfigKey.choice(
                    "mode", WriteMode.Kind.class, "Add every row, or let the last row of a key win")
            .defaultValue(WriteMode.Kind.APPEND);
    static final ConfigKey<List<String>> KEY =
            ConfigKey.strings("key", "The columns that tell rows apart").example("[id]");
    static final ConfigKey<List<String>> DELETE_BY = ConfigKey.strings(
            "delete-by", "The columns by which a delete selects the rows it deletes; the key if not given");
    static final ConfigKey<String> WHEN = ConfigKey.string("when", "Only rows for which this CEL expression is true")
            .example("price > 10");
    static final ConfigKey<Duration> COMMIT_INTERVAL = ConfigKey.duration(
                    "commit-interval", "How long durable epochs are gathered before they are committed together")
            .defaultValue("0s");
    static final ConfigSpec SINK_KEYS = ConfigSpec.builder()
            .keys(CONNECTOR, NAME, FROM, MODE, KEY, DELETE_BY, WHEN, FORMAT, COMMIT_INTERVAL)
            .whenRequire(MODE, WriteMode.Kind.UPSERT, KEY)
            .whenForbid(MODE, WriteMode.Kind.APPEND, KEY, DELETE_BY)
            .build();

    /** Rejected rows are only ever added. */
    static final ConfigSpec ERROR_SINK_KEYS = ConfigSpec.of(CONNECTOR, NAME, FORMAT);

    private Sections() {}

    private static ConfigKey<Object> section(String name, String doc) {
        return ConfigKey.of(name, ConfigType.ANY, doc);
    }
}
