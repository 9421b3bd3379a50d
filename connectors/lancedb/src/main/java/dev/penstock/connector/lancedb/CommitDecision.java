package dev.penstock.connector.lancedb;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lance.Dataset;

/** Asks a table which handles it holds already, and the staging directories which are still there to commit. */
final class CommitDecision {
    private final Staging staging;
    private final SinkName sink;

    CommitDecision(Staging staging, SinkName sink) {
        this.staging = staging;
        this.sink = sink;
    }

    /** An outcome for each handle that is committed or lost; what is left out is to be committed. */
    Map<Prepared, Outcome> decide(Dataset dataset, List<Prepared> handles) {
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        List<Prepared> unclear = handles.stream()
                .filter(handle -> !isUntouched(HandleId.of(handle)))
                .toList();
        if (unclear.isEmpty()) {
            return outcomes;
        }
        Marker.History history = Marker.since(dataset, sink, tagged(dataset));
        for (Prepared handle : unclear) {
            HandleId id = HandleId.of(handle);
            if (history.holds(id)) {
                outcomes.put(handle, Outcome.ALREADY_COMMITTED);
            } else if (!staging.isSealed(id)) {
                // The directory goes right after the commit; if it went without one, somebody took it away.
                outcomes.put(handle, history.epochs().reach(id) ? Outcome.ALREADY_COMMITTED : Outcome.LOST);
            } else if (!history.complete()) {
                throw ambiguous(dataset, id);
            }
        }
        return outcomes;
    }

    /** Nobody can have committed what nobody has tried to commit. */
    private boolean isUntouched(HandleId id) {
        return staging.isSealed(id) && !staging.isAttempted(id);
    }

    private long tagged(Dataset dataset) {
        return Marker.tagged(dataset, sink)
                .orElseThrow(() -> new FatalException("Cannot tell which epochs table '" + dataset.uri()
                        + "' holds: its tag '" + sink.tag() + "' is gone; make it again at the last version that sink '"
                        + sink.id() + "' committed"));
    }

    private FatalException ambiguous(Dataset dataset, HandleId id) {
        return new FatalException("Cannot tell whether epoch " + id.epoch() + " of run " + id.run() + " is in table '"
                + dataset.uri() + "': versions since tag '" + sink.tag()
                + "' were cleaned away; look for its rows, and if they are there delete directory '"
                + staging.directory(id) + "' and reset the sink");
    }
}
