package dev.penstock.connector.iceberg;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which snapshots of a table stay: those that its branches need, as Iceberg rules it, and those that tell what a sink
 * has committed where nothing else does.
 *
 * @param age beyond which snapshots expire; what the table says if not given
 * @param last how many of a branch stay however old they are; what the table says if not given
 */
record SnapshotRetention(Instant now, Optional<Duration> age, Optional<Integer> last) {
    /**
     * What is to go.
     *
     * @param snapshots that expire
     * @param refs branches and tags whose own age limit is over
     * @param warnings why others stay
     */
    record Choice(List<Snapshot> snapshots, Set<String> refs, List<String> warnings) {
        Choice {
            snapshots = List.copyOf(snapshots);
            refs = Set.copyOf(refs);
            warnings = List.copyOf(warnings);
        }

        boolean isEmpty() {
            return snapshots.isEmpty() && refs.isEmpty();
        }
    }

    /** Decides on one version of {@code table}. */
    Choice of(Table table) {
        Set<String> oldRefs = new TreeSet<>();
        Set<Long> kept = new HashSet<>();
        Set<Long> referenced = new HashSet<>();
        table.refs().forEach((name, ref) -> {
            if (isOver(table, name, ref)) {
                oldRefs.add(name);
            } else {
                kept.add(ref.snapshotId());
                referenced.add(ref.snapshotId());
                if (ref.isBranch()) {
                    SnapshotUtil.ancestorsOf(ref.snapshotId(), table::snapshot)
                            .forEach(snapshot -> referenced.add(snapshot.snapshotId()));
                    kept.addAll(ofBranch(table, ref));
                }
            }
        });
        List<String> warnings = new ArrayList<>();
        Set<Long> needed = marks(table, warnings);
        long oldest = oldest(table.properties());
        List<Snapshot> expired = new ArrayList<>();
        for (Snapshot snapshot : table.snapshots()) {
            boolean loose = !referenced.contains(snapshot.snapshotId()) && snapshot.timestampMillis() >= oldest;
            if (!kept.contains(snapshot.snapshotId()) && !needed.contains(snapshot.snapshotId()) && !loose) {
                expired.add(snapshot);
            }
        }
        return new Choice(expired, oldRefs, warnings);
    }

    private long oldest(Map<String, String> properties) {
        long millis = age.map(Duration::toMillis)
                .orElseGet(() -> PropertyUtil.propertyAsLong(
                        properties, TableProperties.MAX_SNAPSHOT_AGE_MS, TableProperties.MAX_SNAPSHOT_AGE_MS_DEFAULT));
        return now.toEpochMilli() - millis;
    }

    private boolean isOver(Table table, String name, SnapshotRef ref) {
        Snapshot snapshot = table.snapshot(ref.snapshotId());
        if (name.equals(SnapshotRef.MAIN_BRANCH) || snapshot == null) {
            return false;
        }
        Long own = ref.maxRefAgeMs();
        long limit = own != null
                ? own
                : PropertyUtil.propertyAsLong(
                        table.properties(), TableProperties.MAX_REF_AGE_MS, TableProperties.MAX_REF_AGE_MS_DEFAULT);
        return now.toEpochMilli() - snapshot.timestampMillis() > limit;
    }

    private Set<Long> ofBranch(Table table, SnapshotRef branch) {
        Long ownAge = branch.maxSnapshotAgeMs();
        Integer ownCount = branch.minSnapshotsToKeep();
        long oldest = ownAge != null ? now.toEpochMilli() - ownAge : oldest(table.properties());
        int least = ownCount != null
                ? ownCount
                : last.orElseGet(() -> PropertyUtil.propertyAsInt(
                        table.properties(),
                        TableProperties.MIN_SNAPSHOTS_TO_KEEP,
                        TableProperties.MIN_SNAPSHOTS_TO_KEEP_DEFAULT));
        Set<Long> kept = new HashSet<>();
        for (Snapshot snapshot : SnapshotUtil.ancestorsOf(branch.snapshotId(), table::snapshot)) {
            if (kept.size() >= least && snapshot.timestampMillis() < oldest) {
                break;
            }
            kept.add(snapshot.snapshotId());
        }
        return kept;
    }

    /**
     * The snapshots from the last mark of each sink on whose property is missing: without them nobody could tell any
     * more what it has committed.
     */
    private static Set<Long> marks(Table table, List<String> warnings) {
        Set<Long> needed = new HashSet<>();
        for (String summary : summaries(table)) {
            String property = SinkName.property(summary);
            if (!table.properties().containsKey(property)) {
                long newest = newest(table, summary);
                table.snapshots().forEach(snapshot -> {
                    if (snapshot.sequenceNumber() >= newest) {
                        needed.add(snapshot.snapshotId());
                    }
                });
                warnings.add("snapshots from sequence number " + newest + " on stay: table property '" + property
                        + "' is missing, and they alone tell what its sink has committed; run its pipeline once, which"
                        + " puts it back");
            }
        }
        return needed;
    }

    private static Set<String> summaries(Table table) {
        Set<String> names = new TreeSet<>();
        table.snapshots()
                .forEach(snapshot -> snapshot.summary().keySet().stream()
                        .filter(SinkName::isSummary)
                        .forEach(names::add));
        return names;
    }

    private static long newest(Table table, String summary) {
        long newest = 0;
        for (Snapshot snapshot : table.snapshots()) {
            if (snapshot.summary().containsKey(summary)) {
                newest = Math.max(newest, snapshot.sequenceNumber());
            }
        }
        return newest;
    }
}
