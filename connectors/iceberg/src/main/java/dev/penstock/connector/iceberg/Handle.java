package dev.penstock.connector.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a writer made of an epoch: files that lie beside the table's others, described as a commit needs them.
 *
 * @param tableId the uuid of the table they are for
 * @param baseSequence the table's last sequence number at some time before any of it could have been committed
 * @param segments in the order in which they take effect
 */
record Handle(String tableId, long baseSequence, List<Segment> segments) {
    static final int VERSION = 2;
    /** Of releases that knew no deletes: the files of one segment, not marked as such. */
    private static final int APPENDS_ONLY = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    Handle {
        segments = List.copyOf(segments);
    }

    /** Where the files are. */
    List<String> locations() {
        return segments.stream()
                .flatMap(Segment::all)
                .map(file -> file.required("file-path").textValue())
                .toList();
    }

    /** The handle for the engine to keep. */
    ResumeState toState() {
        ObjectNode root = JSON.createObjectNode();
        root.put("table", tableId);
        root.put("base", baseSequence);
        ArrayNode array = root.putArray("segments");
        segments.forEach(segment -> segment.addTo(array.addObject()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(JSON.writeValueAsBytes(root));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a handle into memory", e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    /** What {@link #toState} gave, perhaps of an earlier process. */
    static Handle of(HandleId id, ResumeState state) {
        if (state.version() != VERSION && state.version() != APPENDS_ONLY) {
            throw new StateVersionException("a handle of an Iceberg sink", state.version(), VERSION);
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(state.bytes()))) {
            JsonNode root = JSON.readTree(unpacked);
            return new Handle(
                    root.required("table").textValue(), root.required("base").longValue(), segments(state, root));
        } catch (IOException | IllegalArgumentException e) {
            throw new FatalException(
                    "Cannot commit " + id + ": its handle is damaged; restore the state of the pipeline from a backup",
                    e);
        }
    }

    private static List<Segment> segments(ResumeState state, JsonNode root) {
        if (state.version() == APPENDS_ONLY) {
            return List.of(Segment.parse(root));
        }
        List<Segment> segments = new ArrayList<>();
        root.required("segments").forEach(segment -> segments.add(Segment.parse(segment)));
        return segments;
    }
}
