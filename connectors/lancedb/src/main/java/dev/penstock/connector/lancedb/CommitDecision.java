package dev.penstock.connector.lancedb;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lance.Dataset;

/** Asks a table which handles it holds already, and the staging directories which are still there to commit. */
final class CommitDecision {
    private final Staging staging;
    private final SinkName sink;
    private final HandleCodec codec;

    CommitDecision(Staging staging, SinkName sink) {
        this.staging = staging;
        this.sink = sink;
        this.codec = new HandleCodec(staging);
    }

    /** What is left of a handle beside the table. */
    private enum Rest {
        /** Nobody has tried to commit it. */
        UNTOUCHED,
        /** Somebody has tried, and all is there to try again. */
        WHOLE,
        /** The directory is there, and something in it is not. */
        BROKEN,
        /** The directory is gone. */
        NONE
    }

    /**
     * An outcome for each handle that is committed or lost; what is left out is to be committed to {@code dataset},
     * which is at its newest version afterwards.
     */
    Map<Prepared, Outcome> decide(Dataset dataset, List<Prepared> handles) {
        Map<Prepared, Rest> rests = new LinkedHashMap<>();
        for (Prepared handle : handles) {
            Rest rest = rest(handle);
            if (rest != Rest.UNTOUCHED) {
                rests.put(handle, rest);
            }
        }
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        if (!rests.isEmpty()) {
            // Only now: a directory goes after the commit, so that who sees it gone will find the commit.
            dataset.checkoutLatest();
            Marker.History history = Marker.since(dataset, sink, tagged(dataset));
            rests.forEach((handle, rest) ->
                    outcome(dataset, handle, rest, history).ifPresent(outcome -> outcomes.put(handle, outcome)));
        }
        return outcomes;
    }

    private Rest rest(Prepared handle) {
        HandleId id = HandleId.of(handle);
        boolean untouched = staging.isUntouched(id);
        if (!staging.isSealed(id)) {
            return Rest.NONE;
        }
        if (!hasItsFiles(handle)) {
            return staging.isSealed(id) ? Rest.BROKEN : Rest.NONE;
        }
        return untouched ? Rest.UNTOUCHED : Rest.WHOLE;
    }

    private Optional<Outcome> outcome(Dataset dataset, Prepared handle, Rest rest, Marker.History history) {
        HandleId id = HandleId.of(handle);
        if (history.holds(id)) {
            return Optional.of(Outcome.ALREADY_COMMITTED);
        }
        return switch (rest) {
            // The directory goes right after the commit; if it went without one, somebody took it away.
            case NONE -> Optional.of(history.epochs().reach(id) ? Outcome.ALREADY_COMMITTED : Outcome.LOST);
            case BROKEN -> Optional.of(Outcome.LOST);
            case UNTOUCHED -> Optional.empty();
            case WHOLE -> {
                if (!history.complete()) {
                    throw ambiguous(dataset, id);
                }
                yield Optional.empty();
            }
        };
    }

    private boolean hasItsFiles(Prepared handle) {
        HandleId id = HandleId.of(handle);
        return codec.read(id, handle.handle())
                .map(read -> read.fragments()
                        .flatMap(fragment -> fragment.files().stream())
                        .allMatch(file -> staging.find(id, file.name()).isPresent()))
                .orElse(false);
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
