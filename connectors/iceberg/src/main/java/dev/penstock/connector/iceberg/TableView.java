package dev.penstock.connector.iceberg;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a table's metadata, as far as it tells what is committed.
 *
 * @param id the table's uuid
 * @param properties of the table
 * @param lastSequence the sequence number of the last commit of rows by anybody, also if its snapshot is gone
 * @param snapshots those that have not expired, of all branches, and of none
 */
record TableView(String id, Map<String, String> properties, long lastSequence, List<Version> snapshots) {
    TableView {
        properties = Map.copyOf(properties);
        snapshots = List.copyOf(snapshots);
    }

    /** A snapshot. */
    record Version(long sequence, Map<String, String> summary) {
        Version {
            summary = Map.copyOf(summary);
        }
    }

    /** What the table says of {@code sink}: the property, or without it what is left in the summaries of snapshots. */
    Marker marker(SinkName sink) {
        String property = properties.get(sink.property());
        if (property != null) {
            return Marker.parse(property, "table property '" + sink.property() + "'");
        }
        long gapless = gaplessSince();
        Optional<Version> newest = snapshots.stream()
                .filter(snapshot -> snapshot.summary().containsKey(sink.summary()))
                .max(Comparator.comparingLong(Version::sequence));
        if (newest.isEmpty()) {
            return Marker.none(gapless);
        }
        Marker marker = Marker.parse(
                newest.get().summary().getOrDefault(sink.summary(), ""), "a snapshot's '" + sink.summary() + "'");
        return newest.get().sequence() >= gapless ? marker : marker.since(gapless);
    }

    /** The sequence number from which on every snapshot is still there. */
    private long gaplessSince() {
        Set<Long> present = new HashSet<>();
        snapshots.forEach(snapshot -> present.add(snapshot.sequence()));
        long since = lastSequence;
        while (present.contains(since)) {
            since--;
        }
        return since;
    }
}
