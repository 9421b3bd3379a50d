package dev.penstock.connector.lancedb;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.time.Duration;
import java.util.List;

/** How a sink writes and looks after its table. */
record SinkSettings(TableSettings table, Files files, Indexes indexes, Upkeep upkeep) {
    private static final String FILES_GROUP = "files";
    private static final String INDEX_GROUP = "indexes";
    private static final String UPKEEP_GROUP = "upkeep";

    static final ConfigKey<Long> WRITE_BUFFER = ConfigKey.size(
                    "write-buffer", "The rows of a writer that wait in memory for the next data file")
            .defaultValue("64MiB")
            .min(1)
            .in(FILES_GROUP)
            .advancedOnly();
    static final ConfigKey<Integer> MAX_ROWS_PER_FILE = ConfigKey.integer(
                    "max-rows-per-file", "Rows after which a new data file is begun")
            .defaultValue(1_048_576)
            .min(1)
            .in(FILES_GROUP)
            .advancedOnly();
    static final ConfigKey<Long> MAX_BYTES_PER_FILE = ConfigKey.size(
                    "max-bytes-per-file", "Bytes after which a new data file is begun")
            .defaultValue("4GiB")
            .min(1)
            .in(FILES_GROUP)
            .advancedOnly();
    static final ConfigKey<VectorIndex> VECTOR_INDEX = ConfigKey.choice(
                    "vector-index", VectorIndex.class, "The index on vector columns; auto takes ivf-flat")
            .defaultValue(VectorIndex.AUTO)
            .in(INDEX_GROUP);
    static final ConfigKey<Integer> VECTOR_INDEX_ROWS = ConfigKey.integer(
                    "vector-index-rows", "Rows from which on vectors are indexed; below, comparing all is as fast")
            .defaultValue(50_000)
            .min(256)
            .in(INDEX_GROUP);
    static final ConfigKey<List<String>> SCALAR_INDEX = ConfigKey.strings(
                    "scalar-index", "Columns to index for filters and upserts")
            .defaultValue("")
            .example("path, modified")
            .in(INDEX_GROUP);
    static final ConfigKey<List<String>> FULL_TEXT_INDEX = ConfigKey.strings(
                    "full-text-index", "Text columns to index by their words")
            .defaultValue("")
            .example("text")
            .in(INDEX_GROUP);
    static final ConfigKey<String> TOKENIZER = ConfigKey.string(
                    "full-text-tokenizer", "How the full-text index cuts text into words: simple, whitespace or raw")
            .defaultValue("simple")
            .in(INDEX_GROUP)
            .advancedOnly();
    static final ConfigKey<Integer> COMPACT_FRAGMENTS = ConfigKey.integer(
                    "compact-fragments",
                    "Fragments added since the last compaction that bring on the next; 0 for never")
            .defaultValue(32)
            .min(0)
            .in(UPKEEP_GROUP);
    static final ConfigKey<Duration> KEEP_VERSIONS = ConfigKey.duration(
                    "keep-versions", "How long old versions of the table can be read before clean-up removes them")
            .defaultValue("1d")
            .in(UPKEEP_GROUP);

    /** The index on vectors. */
    enum VectorIndex {
        NONE,
        AUTO,
        IVF_FLAT,
        IVF_SQ,
        IVF_PQ,
        IVF_HNSW_SQ
    }

    /** Sizes of what is written. */
    record Files(long bufferBytes, int maxRows, long maxBytes) {}

    /** What is indexed. */
    record Indexes(VectorIndex vector, int vectorRows, List<String> scalar, List<String> fullText, String tokenizer) {
        Indexes {
            scalar = List.copyOf(scalar);
            fullText = List.copyOf(fullText);
        }
    }

    /** When the table is tidied up. */
    record Upkeep(int compactFragments, Duration keepVersions) {}

    static ConfigSpec spec() {
        return TableSettings.spec()
                .keys(
                        VECTOR_INDEX,
                        VECTOR_INDEX_ROWS,
                        SCALAR_INDEX,
                        FULL_TEXT_INDEX,
                        TOKENIZER,
                        COMPACT_FRAGMENTS,
                        KEEP_VERSIONS,
                        WRITE_BUFFER,
                        MAX_ROWS_PER_FILE,
                        MAX_BYTES_PER_FILE)
                .build();
    }

    static SinkSettings of(Config config) {
        return new SinkSettings(
                TableSettings.of(config),
                new Files(config.get(WRITE_BUFFER), config.get(MAX_ROWS_PER_FILE), config.get(MAX_BYTES_PER_FILE)),
                new Indexes(
                        config.get(VECTOR_INDEX),
                        config.get(VECTOR_INDEX_ROWS),
                        config.get(SCALAR_INDEX),
                        config.get(FULL_TEXT_INDEX),
                        config.get(TOKENIZER)),
                new Upkeep(config.get(COMPACT_FRAGMENTS), config.get(KEEP_VERSIONS)));
    }
}
