package dev.penstock.connector.iceberg;

import dev.penstock.spi.Maintenance;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be done for a table. */
enum UpkeepAction {
    EXPIRE("Expire old snapshots, and remove the files that only they refer to"),
    ORPHANS("Remove files below the table that nothing refers to, left over by commits and programs that failed"),
    REWRITE_MANIFESTS("Join small manifests, of which each commit adds one, so that scans read fewer"),
    COMPACT("Put small data files of a partition together, group by group, and leave out rows that were deleted");

    private final String summary;

    UpkeepAction(String summary) {
        this.summary = summary;
    }

    private ConfigSpec options() {
        return switch (this) {
            case EXPIRE -> ConfigSpec.of(Options.EXPIRE_OLDER_THAN, Options.RETAIN_LAST);
            case ORPHANS -> ConfigSpec.of(Options.ORPHANS_OLDER_THAN);
            case REWRITE_MANIFESTS -> ConfigSpec.of();
            case COMPACT -> ConfigSpec.of(Options.TARGET_FILE_SIZE, Options.MIN_INPUT_FILES, Options.MAX_GROUP_SIZE);
        };
    }

    /** What may be said about how. */
    static final class Options {
        static final ConfigKey<Duration> EXPIRE_OLDER_THAN = ConfigKey.duration(
                        "older-than",
                        "Expire snapshots older than this; if not given, what the table says"
                                + " (history.expire.max-snapshot-age-ms), and else 5d")
                .example("7d")
                .min(0);
        static final ConfigKey<Integer> RETAIN_LAST = ConfigKey.integer(
                        "retain-last",
                        "Keep at least so many snapshots of each branch, however old; if not given, what the table says"
                                + " (history.expire.min-snapshots-to-keep), and else 1")
                .example("10")
                .min(1);
        static final ConfigKey<Duration> ORPHANS_OLDER_THAN = ConfigKey.duration(
                        "older-than",
                        "Remove only files older than this, at least 1h: what other programs have written and not yet"
                                + " committed cannot be told from what they left over")
                .defaultValue("3d")
                .min(Duration.ofHours(1).toMillis());
        static final ConfigKey<Long> TARGET_FILE_SIZE = ConfigKey.size(
                        "target-file-size",
                        "The size of new files; those smaller than three quarters of it are rewritten; if not given,"
                                + " what the table says (write.target-file-size-bytes), and else 512MiB")
                .example("256MiB")
                .min(1);
        static final ConfigKey<Integer> MIN_INPUT_FILES = ConfigKey.integer(
                        "min-input-files",
                        "Rewrite files of a partition if so many are small, or together they fill one; 30 % deleted rows"
                                + " are reason enough too")
                .defaultValue(5)
                .min(2);
        static final ConfigKey<Long> MAX_GROUP_SIZE = ConfigKey.size(
                        "max-group-size", "The most that is rewritten in one commit; what is lost if it fails")
                .defaultValue("2GiB")
                .min(1);

        private Options() {}
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static UpkeepAction of(String id) {
        return Stream.of(values())
                .filter(action -> action.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot do '" + id + "': it is no action"));
    }

    static List<Maintenance.Action> all() {
        return Stream.of(values())
                .map(action -> new Maintenance.Action(action.id(), action.summary, action.options()))
                .toList();
    }
}
