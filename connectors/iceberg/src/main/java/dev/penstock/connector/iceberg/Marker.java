package dev.penstock.connector.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.spi.FatalException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a table says of a sink. It is written into the table together with the rows, as a property and into the summary
 * of the snapshot: a summary goes with its snapshot when that expires, and a property may be wiped by somebody.
 *
 * @param generation of the incarnation that owns the sink; -1 if none ever did
 * @param since the sequence number from which on nothing that the sink committed can be missing here
 * @param epochs what is committed
 */
record Marker(long generation, long since, CommittedEpochs epochs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nobody knows the sink, whose history is known from {@code since} on. */
    static Marker none(long since) {
        return new Marker(-1, since, CommittedEpochs.NONE);
    }

    Marker ownedBy(long newGeneration) {
        return new Marker(newGeneration, since, epochs);
    }

    Marker since(long sequence) {
        return new Marker(generation, Math.max(since, sequence), epochs);
    }

    Marker plus(Collection<HandleId> ids) {
        return new Marker(generation, since, epochs.plus(ids));
    }

    /** {@code {"generation":3,"since":0,"runs":{"run-1":{"epoch":12,"writers":[0,1]}}}}. */
    String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("generation", generation);
        root.put("since", since);
        ObjectNode runs = root.putObject("runs");
        epochs.byRun().forEach((run, last) -> {
            ObjectNode entry = runs.putObject(run);
            entry.put("epoch", last.epoch());
            ArrayNode writers = entry.putArray("writers");
            last.writers().stream().sorted().forEach(writers::add);
        });
        return root.toString();
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param where it stood, for people
     */
    static Marker parse(String json, String where) {
        try {
            JsonNode root = JSON.readTree(json);
            Map<String, CommittedEpochs.Last> runs = new LinkedHashMap<>();
            root.required("runs").properties().forEach(entry -> runs.put(entry.getKey(), last(entry.getValue())));
            return new Marker(
                    root.required("generation").longValue(),
                    root.required("since").longValue(),
                    CommittedEpochs.of(runs));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new FatalException(
                    "Cannot tell what is committed: " + where + " holds '" + json
                            + "', which this release did not write; put back what stood there, or remove it if the"
                            + " sink never wrote to the table",
                    e);
        }
    }

    private static CommittedEpochs.Last last(JsonNode entry) {
        Set<Integer> writers = new TreeSet<>();
        entry.required("writers").forEach(writer -> writers.add(writer.intValue()));
        return new CommittedEpochs.Last(entry.required("epoch").longValue(), writers);
    }
}
