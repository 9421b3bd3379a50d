package dev.penstock.connector.iceberg;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one version of a table's metadata says about some handles. A pure function of both: the same metadata always
 * gives the same answer, whoever asks and whatever happened in between.
 *
 * @param marker of the sink in that version
 * @param committed the handles whose rows are in the table
 * @param open those that are not, and can be committed on top of that version
 */
record CommitDecision(Marker marker, List<HandleId> committed, List<HandleId> open) {
    CommitDecision {
        committed = List.copyOf(committed);
        open = List.copyOf(open);
    }

    /**
     * Decides.
     *
     * @param generation of the incarnation that asks
     * @throws FencedException if a newer incarnation owns the sink
     * @throws FatalException if the table is another than the handles were made for, or cannot tell any more
     */
    static CommitDecision of(TableView view, SinkName sink, long generation, Map<HandleId, Handle> handles) {
        Marker marker = view.marker(sink);
        checkOwner(marker, sink, generation);
        List<HandleId> committed = new ArrayList<>();
        List<HandleId> open = new ArrayList<>();
        handles.forEach((id, handle) -> {
            checkTable(view, id, handle);
            if (marker.epochs().hold(id)) {
                committed.add(id);
            } else if (handle.baseSequence() < marker.since()) {
                throw ambiguous(sink, id, handle, marker);
            } else {
                open.add(id);
            }
        });
        return new CommitDecision(marker, committed, open);
    }

    static void checkOwner(Marker marker, SinkName sink, long generation) {
        if (marker.generation() > generation) {
            throw new FencedException("Cannot commit for sink '" + sink.id() + "': generation " + marker.generation()
                    + " of the pipeline has taken over from generation " + generation);
        }
    }

    private static void checkTable(TableView view, HandleId id, Handle handle) {
        if (!handle.tableId().equals(view.id())) {
            throw new FatalException("Cannot commit " + id + ": it was written for table " + handle.tableId()
                    + ", and table " + view.id() + " has taken its place; restore that one, or reset the state of the"
                    + " pipeline to fill the new one from the start");
        }
    }

    private static FatalException ambiguous(SinkName sink, HandleId id, Handle handle, Marker marker) {
        return new FatalException("Cannot tell whether " + id + " is in the table: somebody removed table property '"
                + sink.property() + "', and snapshots with sequence numbers from " + (handle.baseSequence() + 1)
                + " to "
                + marker.since() + " have expired; look for its rows, then put the property back, or reset the state"
                + " of the pipeline");
    }
}
