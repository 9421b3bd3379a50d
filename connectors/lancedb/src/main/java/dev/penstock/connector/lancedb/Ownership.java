package dev.penstock.connector.lancedb;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lance.Dataset;

/**
 * Which incarnation of a sink may commit: the one whose generation stands in the table's config.
 *
 * <p>Taking over writes the generation first and then commits a change of nothing, so that whatever an older
 * incarnation has under way starts from a version before it, conflicts, reads the table again and finds itself fenced.
 */
final class Ownership {
    private static final Pattern ENTRY = Pattern.compile("generation=(\\d+)( .*)?");

    private final SinkName sink;
    private final String runId;
    private final long generation;

    Ownership(SinkName sink, String runId, long generation) {
        this.sink = sink;
        this.runId = runId;
        this.generation = generation;
    }

    /**
     * Takes the sink over in {@code dataset}.
     *
     * @return what is committed
     * @throws FencedException if a newer incarnation has it
     * @throws RuntimeException of Lance on a conflict: read the table again and repeat
     */
    CommittedEpochs take(Dataset dataset) {
        check(dataset);
        boolean registered = dataset.getConfig().containsKey(sink.configKey());
        Optional<Long> tagged = Marker.tagged(dataset, sink);
        if (registered && tagged.isEmpty()) {
            throw new FatalException("Cannot tell which epochs table '" + dataset.uri() + "' holds: its tag '"
                    + sink.tag() + "' is gone; make the tag again at the version named in the config key '"
                    + sink.configKey() + "', or later if you know of later commits");
        }
        if (tagged.isEmpty()) {
            dataset.tags().create(sink.tag(), dataset.version());
        }
        long version = tagged.orElse(dataset.version());
        TableCommit.setConfig(
                dataset,
                sink.configKey(),
                "generation=" + generation + " run=" + runId + " committed-up-to=" + version);
        dataset.checkoutLatest();
        check(dataset);
        Marker.History history = Marker.since(dataset, sink, version);
        try (Dataset owned = TableCommit.commit(
                dataset, TableCommit.Change.NONE, Marker.properties(sink, history.newest(), history.epochs()))) {
            // Where versions are missing, what they held must not seem to be known.
            if (history.complete()) {
                Marker.moveTag(owned, sink);
            }
        }
        return history.epochs();
    }

    /** Makes sure that no newer incarnation has taken over. */
    void check(Dataset dataset) {
        String entry = dataset.getConfig().getOrDefault(sink.configKey(), "");
        Matcher matcher = ENTRY.matcher(entry);
        if (matcher.matches() && Long.parseLong(matcher.group(1)) > generation) {
            throw new FencedException("Cannot commit to table '" + dataset.uri() + "' as generation " + generation
                    + " of sink '" + sink.id() + "': " + entry + " has taken over; stop this process");
        }
    }
}
