package dev.penstock.connector.iceberg;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileInfo;

/**
 * Removes files below the location of a table that nothing refers to. Elsewhere nothing is removed, for tables may
 * share a directory that their properties name; and below it nothing of a table that lies inside.
 *
 * <p>The order decides: files are listed first, then the notes of sinks are read, then the newest metadata. A file of a
 * sink has a note from before its first byte until after its commit; so one that was listed, and has no note by then,
 * is either in the metadata that is read afterwards, or was given up. What other programs have written and not
 * committed is known by its age alone.
 */
final class OrphanRemoval {
    private static final String METADATA = ".metadata.json";
    private static final String METADATA_DIRECTORY = "/metadata/";
    private static final Duration LONGEST_UPKEEP = Duration.ofDays(1);

    private final Upkeep upkeep;
    private final long newest;
    private final Map<String, FileInfo> candidates = new HashMap<>();
    private final Set<String> listed = new HashSet<>();
    private final Set<String> nested = new HashSet<>();
    private final Set<String> waiting = new TreeSet<>();
    private long waitingFiles;
    private long young;

    OrphanRemoval(Upkeep upkeep) {
        this.upkeep = upkeep;
        Duration age = upkeep.request().options().get(UpkeepAction.Options.ORPHANS_OLDER_THAN);
        this.newest = upkeep.clock().instant().minus(age).toEpochMilli();
    }

    Maintenance.Report run() {
        Table table = upkeep.access().load();
        SnapshotExpiry.checkCollected(table);
        Set<String> known = new HashSet<>();
        ReferencedFiles.metadata(table).forEach(location -> known.add(path(location)));
        list(table);
        if (known.stream().noneMatch(listed::contains)) {
            throw new FatalException("Cannot tell what is left over below '" + table.location()
                    + "': the files that the store lists there are not named as the table names them");
        }
        List<Intents.Note> stale = spareWhatWaits(Intents.notes(table));
        spareWhatIsReferred(table);
        List<FileInfo> orphans = candidates.values().stream()
                .sorted((one, other) -> one.location().compareTo(other.location()))
                .toList();
        orphans.forEach(file -> upkeep.progress().item(file.location() + " (" + file.size() + " bytes)"));
        List<String> locations =
                new ArrayList<>(orphans.stream().map(FileInfo::location).toList());
        stale.forEach(note -> locations.add(note.file().location()));
        if (!upkeep.dryRun()) {
            Intents.discardUnfinished(table, stale);
        }
        long left = upkeep.dryRun() ? 0 : new FileRemoval(table.io(), upkeep).remove(locations);
        return report(orphans, left);
    }

    private void list(Table table) {
        String root = table.location() + "/";
        String metadata = table.properties().getOrDefault(TableProperties.WRITE_METADATA_LOCATION, root + "metadata");
        String own = path(metadata + "/");
        if (!own.startsWith(path(root))) {
            Intents.list(table.io(), metadata).forEach(this::see);
        }
        long count = 0;
        for (FileInfo file : Intents.list(table.io(), root)) {
            upkeep.progress().at("listing files", count++, 0);
            see(file);
            findNested(path(file.location()), path(root), own);
            if (!isHidden(file.location(), root)) {
                candidates.put(path(file.location()), file);
            }
        }
        candidates.keySet().removeIf(path -> nested.stream().anyMatch(path::startsWith));
        long all = candidates.size();
        candidates.values().removeIf(file -> file.createdAtMillis() > newest);
        young = all - candidates.size();
    }

    private void see(FileInfo file) {
        if (file.location().contains(METADATA)) {
            listed.add(path(file.location()));
        }
    }

    /**
     * A directory that holds metadata which is not the table's is that of another, in a namespace named as the table.
     */
    private void findNested(String path, String root, String own) {
        int at = path.indexOf(METADATA_DIRECTORY, root.length());
        while (at >= 0 && path.startsWith(own) && at + METADATA_DIRECTORY.length() == own.length()) {
            at = path.indexOf(METADATA_DIRECTORY, at + 1);
        }
        if (at >= 0) {
            nested.add(path.substring(0, at + 1));
        }
    }

    /** Directories and files whose names begin so belong to programs, not to the table, as all of Iceberg has it. */
    private static boolean isHidden(String location, String root) {
        String below = path(location)
                .substring(Math.min(path(root).length(), path(location).length()));
        for (String part : below.split("/", -1)) {
            if ((part.startsWith("_") || part.startsWith(".")) && !part.contains("=")) {
                return true;
            }
        }
        return false;
    }

    /** A location without scheme and host, which programs write in several ways. */
    static String path(String location) {
        int scheme = location.indexOf(":/");
        String path = scheme < 0 ? location : location.substring(scheme + 1).replaceFirst("^//[^/]*", "");
        return path.replaceAll("/{2,}", "/");
    }

    /** Spares files of work that is not committed; gives the notes of upkeep that died long ago. */
    private List<Intents.Note> spareWhatWaits(List<Intents.Note> notes) {
        List<Intents.Note> stale = new ArrayList<>();
        List<Intents.Note> open = new ArrayList<>();
        long oldest = upkeep.clock().instant().minus(LONGEST_UPKEEP).toEpochMilli();
        for (Intents.Note note : notes) {
            boolean dead = note.sink().equals(Replacement.WRITER.safe())
                    && note.file().createdAtMillis() < Math.min(oldest, newest);
            (dead ? stale : open).add(note);
        }
        for (Intents.Note note : open) {
            int before = candidates.size();
            candidates.values().removeIf(file -> name(file).contains(note.filePrefix()));
            if (candidates.size() < before) {
                waiting.add(note.sink());
                waitingFiles += before - candidates.size();
            }
        }
        return stale;
    }

    private static String name(FileInfo file) {
        return file.location().substring(file.location().lastIndexOf('/') + 1);
    }

    private void spareWhatIsReferred(Table listed) {
        Table table = upkeep.access().load();
        if (!table.uuid().equals(listed.uuid()) || !table.location().equals(listed.location())) {
            throw new RetryableException(
                    "Cannot tell what is left over: another table has taken the place of '" + table.name() + "'",
                    Duration.ZERO);
        }
        ReferencedFiles.metadata(table).forEach(this::spare);
        ReferencedFiles.statistics(table).forEach(this::spare);
        ReferencedFiles.lists(table.snapshots()).forEach(this::spare);
        List<ManifestFile> manifests = List.copyOf(ReferencedFiles.manifests(table.snapshots(), table.io()));
        manifests.forEach(manifest -> spare(manifest.path()));
        for (int i = 0; i < manifests.size() && !candidates.isEmpty(); i++) {
            upkeep.progress().at("reading manifests", i, manifests.size());
            ReferencedFiles.contents(manifests.get(i), table, this::spare);
        }
        candidates.keySet().removeIf(path -> path.endsWith("/version-hint.text"));
    }

    private void spare(String location) {
        candidates.remove(path(location));
    }

    private Maintenance.Report report(List<FileInfo> orphans, long left) {
        long bytes = orphans.stream().mapToLong(FileInfo::size).sum();
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("removed_files", orphans.size() - left);
        figures.put("removed_bytes", bytes);
        figures.put("failed_files", left);
        figures.put("waiting_files", waitingFiles);
        figures.put("young_files", young);
        List<String> warnings = waiting.stream()
                .map(sink -> "files of sink '" + sink
                        + "' stay that it has prepared and not committed: run its pipeline;"
                        + " if that is gone for good, remove its notes in '_penstock/" + sink + "' of the table")
                .toList();
        String summary = orphans.isEmpty()
                ? "nothing to do: every file that is old enough is part of the table, or waits for its commit"
                : (upkeep.dryRun() ? "would remove " : "removed ") + Upkeep.count(orphans.size() - left, "file")
                        + " of " + Upkeep.megabytes(bytes)
                        + (left == 0 ? "" : ", " + left + " could not be removed");
        return new Maintenance.Report(summary, !orphans.isEmpty(), left == 0, figures, warnings);
    }
}
