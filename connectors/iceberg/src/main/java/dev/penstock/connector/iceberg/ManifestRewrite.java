package dev.penstock.connector.iceberg;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.PropertyUtil;

/**
 * Joins small manifests, each commit of a sink having added one, into large ones that each cover a range of partitions,
 * so that a scan reads few of them.
 */
final class ManifestRewrite {
    private static final List<String> PARTITION = List.of("file_path", "content", "partition");

    private final Upkeep upkeep;

    ManifestRewrite(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    /**
     * The manifests of one partition spec that are to become fewer.
     *
     * @param count how many they become, about
     */
    private record Joining(int spec, List<ManifestFile> manifests, int count) {
        Joining {
            manifests = List.copyOf(manifests);
        }
    }

    Maintenance.Report run() {
        if (!upkeep.commits().branch().equals(SnapshotRef.MAIN_BRANCH)) {
            throw new ConfigException(
                    SinkSettings.BRANCH.name(),
                    Problem.Code.UNSUPPORTED,
                    "Cannot rewrite manifests of branch '" + upkeep.commits().branch()
                            + "': Iceberg does that for main only",
                    "leave it out for this action");
        }
        Table table = upkeep.access().load();
        Snapshot current = table.currentSnapshot();
        List<Joining> plan = current == null ? List.of() : plan(table, current);
        if (plan.isEmpty()) {
            return report(plan, false, Optional.empty());
        }
        plan.forEach(joining -> upkeep.progress()
                .item(Upkeep.count(joining.manifests().size(), "manifest") + " of partition spec " + joining.spec()
                        + " into about " + joining.count()));
        if (upkeep.dryRun()) {
            return report(plan, true, Optional.empty());
        }
        Map<Integer, Map<StructLike, Integer>> places = places(table, plan);
        Optional<String> refused = new Replacement(upkeep, fresh -> update(fresh, plan, places))
                .commit("rewrite manifests of table '" + upkeep.access().name() + "'", SnapshotRef.MAIN_BRANCH);
        return report(plan, refused.isEmpty(), refused);
    }

    private static List<Joining> plan(Table table, Snapshot current) {
        long target = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.MANIFEST_TARGET_SIZE_BYTES,
                TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT);
        Map<Integer, List<ManifestFile>> small = current.dataManifests(table.io()).stream()
                .filter(manifest -> manifest.length() < target - target / 4)
                .collect(Collectors.groupingBy(ManifestFile::partitionSpecId, TreeMap::new, Collectors.toList()));
        List<Joining> plan = new ArrayList<>();
        small.forEach((spec, manifests) -> {
            long bytes = manifests.stream().mapToLong(ManifestFile::length).sum();
            int count = (int) ((bytes + target - 1) / target);
            if (manifests.size() > count) {
                plan.add(new Joining(spec, manifests, count));
            }
        });
        return plan;
    }

    /** By partition spec, which of its new manifests the files of each partition go to. */
    private Map<Integer, Map<StructLike, Integer>> places(Table table, List<Joining> plan) {
        Map<Integer, Map<StructLike, Integer>> places = new TreeMap<>();
        for (Joining joining : plan) {
            Types.StructType type =
                    requireNonNull(table.specs().get(joining.spec()), "spec").partitionType();
            places.put(
                    joining.spec(),
                    joining.count() == 1 || type.fields().isEmpty()
                            ? Map.of()
                            : divided(files(table, joining, Comparators.forType(type)), joining.count()));
        }
        return places;
    }

    private Map<StructLike, Integer> files(Table table, Joining joining, Comparator<StructLike> order) {
        Map<StructLike, Integer> files = new TreeMap<>(order);
        for (int i = 0; i < joining.manifests().size(); i++) {
            ManifestFile manifest = joining.manifests().get(i);
            upkeep.progress().at("reading manifests", i, joining.manifests().size());
            try (CloseableIterable<DataFile> read =
                    ManifestFiles.read(manifest, table.io(), table.specs()).select(PARTITION)) {
                read.forEach(file -> files.merge(file.partition(), 1, Integer::sum));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read manifest '" + manifest.path() + "'", e);
            }
        }
        return files;
    }

    /** Cuts the partitions, in order, into {@code count} ranges with about as many files each. */
    private static Map<StructLike, Integer> divided(Map<StructLike, Integer> files, int count) {
        long total = files.values().stream().mapToLong(Integer::longValue).sum();
        long before = 0;
        for (Map.Entry<StructLike, Integer> partition : files.entrySet()) {
            long own = partition.getValue();
            partition.setValue((int) (before * count / total));
            before += own;
        }
        return files;
    }

    private static SnapshotUpdate<?> update(
            Table table, List<Joining> plan, Map<Integer, Map<StructLike, Integer>> places) {
        Set<String> chosen = plan.stream()
                .flatMap(joining -> joining.manifests().stream())
                .map(ManifestFile::path)
                .collect(Collectors.toSet());
        return table.rewriteManifests()
                .rewriteIf(manifest -> chosen.contains(manifest.path()))
                .clusterBy(file -> places.getOrDefault(file.specId(), Map.of()).getOrDefault(file.partition(), 0));
    }

    private Maintenance.Report report(List<Joining> plan, boolean changed, Optional<String> refused) {
        long joined =
                plan.stream().mapToLong(joining -> joining.manifests().size()).sum();
        long made = plan.stream().mapToLong(Joining::count).sum();
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("rewritten_manifests", changed ? joined : 0);
        figures.put("expected_manifests", changed ? made : 0);
        String what = Upkeep.count(joined, "manifest") + " into about " + made;
        String summary = refused.map(reason -> "gave up: " + reason)
                .orElseGet(() -> plan.isEmpty()
                        ? "nothing to do: manifests are as large as they should be, or there is but one"
                        : (upkeep.dryRun() ? "would rewrite " : "rewrote ") + what);
        return new Maintenance.Report(summary, changed, refused.isEmpty(), figures, List.of());
    }
}
