package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;

/**
 * Expires snapshots in one commit, and removes the files that only they referred to. What a commit's failure left
 * undecided is decided by what the table says afterwards: no file is removed that it still refers to.
 */
final class SnapshotExpiry {
    private final Upkeep upkeep;
    private final SnapshotRetention retention;

    SnapshotExpiry(Upkeep upkeep) {
        this.upkeep = upkeep;
        Config options = upkeep.request().options();
        this.retention = new SnapshotRetention(
                upkeep.clock().instant(),
                options.find(UpkeepAction.Options.EXPIRE_OLDER_THAN),
                options.find(UpkeepAction.Options.RETAIN_LAST));
    }

    Maintenance.Report run() {
        Table before = upkeep.access().load();
        checkCollected(before);
        SnapshotRetention.Choice choice = retention.of(before);
        if (choice.isEmpty()) {
            return report(choice, Set.of(), 0);
        }
        choice.snapshots().forEach(this::name);
        Collection<String> statistics = ReferencedFiles.statistics(before);
        if (!upkeep.dryRun()) {
            upkeep.loop().run("expire snapshots of table '" + upkeep.access().name() + "'", this::attempt);
        }
        Table after = upkeep.dryRun() ? before : upkeep.access().load();
        Set<String> unused = unused(after, choice.snapshots(), statistics);
        long left = upkeep.dryRun() ? 0 : new FileRemoval(after.io(), upkeep).remove(unused);
        if (upkeep.dryRun()) {
            unused.stream().sorted().forEach(location -> upkeep.progress().item("file " + location));
        }
        return report(choice, unused, left);
    }

    /** Files of a table whose owner says so may belong to other tables too. */
    static void checkCollected(Table table) {
        if (!PropertyUtil.propertyAsBoolean(
                table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT)) {
            throw new ConfigException(
                    TableSettings.TABLE.name(),
                    Problem.Code.NOT_ALLOWED,
                    "no file of table '" + table.name() + "' may be removed: its property 'gc.enabled' is false",
                    "files may belong to other tables too; leave it alone, or change the property");
        }
    }

    private void name(Snapshot snapshot) {
        upkeep.progress()
                .item("snapshot " + snapshot.snapshotId() + " of " + Instant.ofEpochMilli(snapshot.timestampMillis()));
    }

    /** Chooses anew: somebody may have made a tag of what was chosen before. */
    private Optional<Boolean> attempt(CommitTable table) {
        table.refresh();
        SnapshotRetention.Choice choice = retention.of(table.table());
        if (!choice.isEmpty()) {
            table.remove(
                    choice.snapshots().stream().map(Snapshot::snapshotId).collect(Collectors.toSet()), choice.refs());
        }
        return Optional.of(true);
    }

    /** What {@code chosen} snapshots refer to that are gone, or would be, and no snapshot that stays. */
    private Set<String> unused(Table after, List<Snapshot> chosen, Collection<String> statistics) {
        Set<Long> ids = chosen.stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
        Map<Long, Snapshot> kept = new LinkedHashMap<>();
        after.snapshots().forEach(snapshot -> kept.put(snapshot.snapshotId(), snapshot));
        if (upkeep.dryRun()) {
            kept.keySet().removeAll(ids);
        }
        List<Snapshot> gone = chosen.stream()
                .filter(snapshot -> !kept.containsKey(snapshot.snapshotId()))
                .toList();
        Set<String> unused = new HashSet<>(ReferencedFiles.lists(gone));
        unused.addAll(contents(after, gone, kept.values()));
        if (!upkeep.dryRun()) {
            unused.addAll(statistics);
            unused.removeAll(ReferencedFiles.statistics(after));
        }
        return unused;
    }

    private Set<String> contents(Table table, List<Snapshot> gone, Collection<Snapshot> kept) {
        Collection<ManifestFile> used = ReferencedFiles.manifests(kept, table.io());
        Set<String> usedPaths = used.stream().map(ManifestFile::path).collect(Collectors.toSet());
        List<ManifestFile> loose = ReferencedFiles.manifests(gone, table.io()).stream()
                .filter(manifest -> !usedPaths.contains(manifest.path()))
                .toList();
        Set<String> unused = new HashSet<>();
        loose.forEach(manifest -> ReferencedFiles.contents(manifest, table, unused::add));
        long read = 0;
        for (ManifestFile manifest : used) {
            if (unused.isEmpty()) {
                break;
            }
            upkeep.progress().at("reading manifests", read++, used.size());
            ReferencedFiles.contents(manifest, table, unused::remove);
        }
        loose.forEach(manifest -> unused.add(manifest.path()));
        return unused;
    }

    private Maintenance.Report report(SnapshotRetention.Choice choice, Set<String> unused, long left) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("expired_snapshots", (long) choice.snapshots().size());
        figures.put("removed_refs", (long) choice.refs().size());
        figures.put("removed_files", unused.size() - left);
        figures.put("failed_files", left);
        String would = upkeep.dryRun() ? "would expire " : "expired ";
        String summary = choice.isEmpty()
                ? "nothing to do: no snapshot is old enough that no branch or tag needs"
                : would
                        + Upkeep.count(choice.snapshots().size(), "snapshot")
                        + (choice.refs().isEmpty() ? "" : ", of branches and tags " + choice.refs())
                        + (upkeep.dryRun() ? ", and remove " : ", removed ")
                        + Upkeep.count(unused.size() - left, "file")
                        + (left == 0 ? "" : ", and left " + left + " to 'orphans', which could not be removed");
        return new Maintenance.Report(summary, !choice.isEmpty(), true, figures, choice.warnings());
    }
}
