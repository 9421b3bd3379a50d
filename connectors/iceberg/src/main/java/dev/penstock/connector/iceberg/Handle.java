package dev.penstock.connector.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.PartitionSpec;

/**
 * What a writer made of an epoch: files that lie beside the table's others, described as a commit needs them.
 *
 * @param tableId the uuid of the table they are for
 * @param baseSequence the table's last sequence number at some time before any of it could have been committed
 * @param files each as Iceberg writes files down for others
 */
record Handle(String tableId, long baseSequence, List<JsonNode> files) {
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    Handle {
        files = List.copyOf(files);
    }

    static Handle of(String tableId, long baseSequence, List<ContentFile<?>> files, Map<Integer, PartitionSpec> specs) {
        List<JsonNode> described = new ArrayList<>();
        for (ContentFile<?> file : files) {
            PartitionSpec spec = specs.get(file.specId());
            if (spec == null) {
                throw new IllegalArgumentException("Cannot describe a file of unknown partition spec " + file.specId());
            }
            described.add(parse(ContentFileParser.toJson(file, spec)));
        }
        return new Handle(tableId, baseSequence, described);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot read back the description of a file", e);
        }
    }

    /** Where the files are. */
    List<String> locations() {
        return files.stream()
                .map(file -> file.required("file-path").textValue())
                .toList();
    }

    /** The files as the table understands them now. */
    List<ContentFile<?>> contents(Map<Integer, PartitionSpec> specs) {
        List<ContentFile<?>> contents = new ArrayList<>();
        files.forEach(file -> contents.add(ContentFileParser.fromJson(file, specs)));
        return contents;
    }

    /** The handle for the engine to keep. */
    ResumeState toState() {
        ObjectNode root = JSON.createObjectNode();
        root.put("table", tableId);
        root.put("base", baseSequence);
        ArrayNode array = root.putArray("files");
        files.forEach(array::add);
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
        if (state.version() != VERSION) {
            throw new StateVersionException("a handle of an Iceberg sink", state.version(), VERSION);
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(state.bytes()))) {
            JsonNode root = JSON.readTree(unpacked);
            List<JsonNode> files = new ArrayList<>();
            root.required("files").forEach(files::add);
            return new Handle(
                    root.required("table").textValue(), root.required("base").longValue(), files);
        } catch (IOException | IllegalArgumentException e) {
            throw new FatalException(
                    "Cannot commit " + id + ": its handle is damaged; restore the state of the pipeline from a backup",
                    e);
        }
    }
}
