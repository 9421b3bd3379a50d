package dev.penstock.connector.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Divides the segments of handles among snapshots, as few as keep the order in which they take effect. */
final class SegmentOrder {
    private final List<List<Segment>> snapshots = new ArrayList<>();
    private List<Segment> last = new ArrayList<>();

    private SegmentOrder() {
        snapshots.add(last);
    }

    /** The segments of each snapshot; at least one snapshot, perhaps without segments. */
    static List<List<Segment>> of(Map<HandleId, Handle> handles) {
        SortedMap<Long, List<Handle>> epochs = new TreeMap<>();
        handles.forEach((id, handle) ->
                epochs.computeIfAbsent(id.epoch(), any -> new ArrayList<>()).add(handle));
        SegmentOrder order = new SegmentOrder();
        epochs.values().forEach(order::addEpoch);
        return order.snapshots;
    }

    /** Writers of an epoch share no keys, so that the first segments of all of them may take effect at once. */
    private void addEpoch(List<Handle> writers) {
        int most = writers.stream()
                .mapToInt(handle -> handle.segments().size())
                .max()
                .orElse(0);
        for (int i = 0; i < most; i++) {
            int turn = i;
            add(writers.stream()
                    .filter(handle -> turn < handle.segments().size())
                    .map(handle -> handle.segments().get(turn))
                    .toList());
        }
    }

    private void add(List<Segment> together) {
        boolean deletes = together.stream().anyMatch(Segment::hasDeletes);
        if (deletes && last.stream().anyMatch(Segment::hasRows)) {
            last = new ArrayList<>();
            snapshots.add(last);
        }
        last.addAll(together);
    }
}
