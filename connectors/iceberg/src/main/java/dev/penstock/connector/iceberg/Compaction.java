package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Puts small data files of a partition together into large ones, without the rows that were deleted. Files are
 * rewritten in groups, each committed by itself; a group that a writer was in the way of is planned anew, with what
 * came since.
 */
final class Compaction {
    private static final int ROUNDS = 3;

    private final Upkeep upkeep;
    private final Totals totals = new Totals();
    private final List<String> refused = new ArrayList<>();
    private boolean stopped;

    Compaction(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    /** What was done so far. */
    private static final class Totals {
        private long groups;
        private long filesBefore;
        private long bytesBefore;
        private long filesAfter;
        private long bytesAfter;

        void add(RewriteFileGroup group, GroupRewrite.Written written) {
            groups++;
            filesBefore += group.inputFileNum();
            bytesBefore += group.inputFilesSizeInBytes();
            filesAfter += written.files();
            bytesAfter += written.bytes();
        }
    }

    Maintenance.Report run() {
        for (int round = 0; round < ROUNDS && !stopped && (round == 0 || !refused.isEmpty()); round++) {
            refused.clear();
            Table table = upkeep.access().load();
            Snapshot start = table.snapshot(upkeep.commits().branch());
            List<RewriteFileGroup> groups = start == null ? List.of() : plan(table, start);
            for (int i = 0; i < groups.size() && !stopped; i++) {
                rewrite(groups.get(i), new GroupRewrite(upkeep, table, start), i + 1 + " of " + groups.size());
                stopped = upkeep.stopped().getAsBoolean() && i + 1 < groups.size();
            }
        }
        return report();
    }

    private List<RewriteFileGroup> plan(Table table, Snapshot start) {
        BinPackRewriteFilePlanner planner =
                new BinPackRewriteFilePlanner(table, Expressions.alwaysTrue(), start.snapshotId(), true);
        planner.init(options(upkeep.request().options()));
        List<RewriteFileGroup> groups = new ArrayList<>();
        try (CloseableIterable<RewriteFileGroup> planned = planner.plan().groups()) {
            planned.forEach(groups::add);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot plan the compaction", e);
        }
        groups.forEach(Compaction::check);
        return groups;
    }

    private static Map<String, String> options(Config config) {
        Map<String, String> options = new HashMap<>();
        config.find(UpkeepAction.Options.TARGET_FILE_SIZE)
                .ifPresent(size -> options.put(BinPackRewriteFilePlanner.TARGET_FILE_SIZE_BYTES, String.valueOf(size)));
        options.put(
                BinPackRewriteFilePlanner.MIN_INPUT_FILES,
                String.valueOf(config.get(UpkeepAction.Options.MIN_INPUT_FILES)));
        options.put(
                BinPackRewriteFilePlanner.MAX_FILE_GROUP_SIZE_BYTES,
                String.valueOf(config.get(UpkeepAction.Options.MAX_GROUP_SIZE)));
        return options;
    }

    private static void check(RewriteFileGroup group) {
        for (FileScanTask task : group.fileScanTasks()) {
            if (task.file().format() != FileFormat.PARQUET) {
                throw new ConfigException(
                        TableSettings.TABLE.name(),
                        Problem.Code.UNSUPPORTED,
                        "Cannot rewrite '" + task.file().location() + "': it is no Parquet file",
                        "compact this table with the program that wrote it");
            }
        }
    }

    private void rewrite(RewriteFileGroup group, GroupRewrite rewrite, String number) {
        String what = "group " + number + ": " + Upkeep.count(group.inputFileNum(), "file") + " of "
                + Upkeep.megabytes(group.inputFilesSizeInBytes()) + rewrite.place(group);
        if (upkeep.dryRun()) {
            totals.add(group, new GroupRewrite.Written(group.expectedOutputFiles(), group.inputFilesSizeInBytes()));
            upkeep.progress().item(what + " into about " + group.expectedOutputFiles());
            return;
        }
        GroupRewrite.Outcome outcome = rewrite.run(group, "rewriting group " + number);
        if (outcome.refused().isPresent()) {
            refused.add(outcome.refused().get());
            upkeep.progress()
                    .item(what + ": others were in the way: "
                            + outcome.refused().get());
        } else {
            totals.add(group, outcome.written());
            upkeep.progress().item(what + " into " + outcome.written().files());
        }
    }

    private Maintenance.Report report() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("groups", totals.groups);
        figures.put("groups_given_up", (long) refused.size());
        figures.put("rewritten_files", totals.filesBefore);
        figures.put("rewritten_bytes", totals.bytesBefore);
        figures.put("written_files", totals.filesAfter);
        figures.put("written_bytes", totals.bytesAfter);
        Optional<String> given = refused.stream().findFirst();
        List<String> warnings = given.map(reason -> List.of(Upkeep.count(refused.size(), "group") + " given up after "
                        + ROUNDS + " rounds, others were in the way: " + reason))
                .orElse(List.of());
        return new Maintenance.Report(summary(), totals.groups > 0, refused.isEmpty() && !stopped, figures, warnings);
    }

    private String summary() {
        if (totals.groups == 0) {
            return refused.isEmpty() ? "nothing to do: no partition has enough small files" : "changed nothing";
        }
        return (upkeep.dryRun() ? "would rewrite " : "rewrote ")
                + Upkeep.count(totals.filesBefore, "file") + " of " + Upkeep.megabytes(totals.bytesBefore)
                + " into " + (upkeep.dryRun() ? "about " : "") + totals.filesAfter
                + (upkeep.dryRun() ? "" : " of " + Upkeep.megabytes(totals.bytesAfter))
                + " in " + Upkeep.count(totals.groups, "group") + (stopped ? ", and was stopped" : "");
    }
}
