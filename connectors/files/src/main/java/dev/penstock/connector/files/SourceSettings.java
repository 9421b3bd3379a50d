package dev.penstock.connector.files;

import dev.penstock.format.records.Compression;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.nio.file.Path;
import java.util.List;

/** What a pipeline says about the files it reads. */
record SourceSettings(
        Path path,
        List<String> globs,
        Framing framing,
        boolean follow,
        Compression compression,
        int maxRecordBytes,
        WhenChanged whenChanged,
        boolean followLinks) {
    /** What to do about a file that is not the one that was read before. */
    enum WhenChanged {
        /** Stop, and let a person decide. */
        ERROR,
        /** Read it from its start. */
        RESTART
    }

    static final ConfigKey<Path> PATH = ConfigKey.path(
                    "path", "A file, or a directory whose files are read, relative to the pipeline file")
            .require()
            .example("./docs");
    static final ConfigKey<List<String>> GLOB = ConfigKey.strings(
                    "glob",
                    "Which files of a directory are read: * within a name, ** over directories, ? one character,"
                            + " {a,b} either; a list takes what any of them takes")
            .defaultValue("**")
            .example("**/*.md");
    static final ConfigKey<Framing> FRAMING = ConfigKey.choice(
                    Payload.FRAMING,
                    Framing.class,
                    "How files are cut into records; the pipeline fills it in from the format")
            .defaultValue(Framing.LINES);
    static final ConfigKey<Boolean> FOLLOW = ConfigKey.bool(
                    "follow", "Whether to go on reading files that grow, and files that appear, until stopped")
            .defaultValue(false);
    static final ConfigKey<Compression> COMPRESSION = ConfigKey.choice(
                    "compression",
                    Compression.class,
                    "How files are packed; auto looks at the end of the name, then at the first bytes")
            .defaultValue(Compression.AUTO);
    static final ConfigKey<Long> MAX_RECORD_BYTES = ConfigKey.size(
                    "max-record-bytes",
                    "The largest line, csv record, file or document that is read; larger ones are reported as bad")
            .defaultValue("16MiB")
            .min(16)
            .max(512L << 20);
    static final ConfigKey<WhenChanged> WHEN_CHANGED = ConfigKey.choice(
                    "when-changed",
                    WhenChanged.class,
                    "What to do if a file read before was truncated or replaced: stop with an error, or read it anew")
            .defaultValue(WhenChanged.ERROR);
    static final ConfigKey<Boolean> FOLLOW_LINKS = ConfigKey.bool(
                    "follow-links", "Whether symbolic links below the directory are followed rather than left out")
            .defaultValue(false)
            .advancedOnly();

    static final ConfigSpec SPEC =
            ConfigSpec.of(PATH, GLOB, FRAMING, FOLLOW, COMPRESSION, MAX_RECORD_BYTES, WHEN_CHANGED, FOLLOW_LINKS);

    static SourceSettings of(Config config) {
        return new SourceSettings(
                config.get(PATH),
                config.get(GLOB),
                config.get(FRAMING),
                config.get(FOLLOW),
                config.get(COMPRESSION),
                Math.toIntExact(config.get(MAX_RECORD_BYTES)),
                config.get(WHEN_CHANGED),
                config.get(FOLLOW_LINKS));
    }
}
