package dev.penstock.connector.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/** The files that the metadata of a table refers to, by their locations. */
final class ReferencedFiles {
    private static final List<String> PATH = List.of("file_path", "content", "partition");

    private ReferencedFiles() {}

    /** The manifests of {@code snapshots}, each once. */
    static Collection<ManifestFile> manifests(Iterable<Snapshot> snapshots, FileIO io) {
        Map<String, ManifestFile> byPath = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            snapshot.allManifests(io).forEach(manifest -> byPath.putIfAbsent(manifest.path(), manifest));
        }
        return byPath.values();
    }

    /** Gives the data and delete files that {@code manifest} lists as part of the table. */
    static void contents(ManifestFile manifest, Table table, Consumer<String> use) {
        try (CloseableIterable<? extends ContentFile<?>> files = read(manifest, table)) {
            for (ContentFile<?> file : files) {
                use.accept(file.location());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read manifest '" + manifest.path() + "'", e);
        }
    }

    private static CloseableIterable<? extends ContentFile<?>> read(ManifestFile manifest, Table table) {
        return manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, table.io(), table.specs()).select(PATH)
                : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())
                        .select(PATH);
    }

    /** The manifest lists of {@code snapshots}. */
    static List<String> lists(Iterable<Snapshot> snapshots) {
        List<String> lists = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            if (snapshot.manifestListLocation() != null) {
                lists.add(snapshot.manifestListLocation());
            }
        }
        return lists;
    }

    /** The files of statistics of {@code table}. */
    static List<String> statistics(Table table) {
        List<String> locations = new ArrayList<>();
        table.statisticsFiles().stream().map(StatisticsFile::path).forEach(locations::add);
        table.partitionStatisticsFiles().stream()
                .map(PartitionStatisticsFile::path)
                .forEach(locations::add);
        return locations;
    }

    /** The newest metadata of {@code table}, and the older ones that it remembers. */
    static Collection<String> metadata(Table table) {
        return ReachableFileUtil.metadataFileLocations(table, false);
    }
}
