package dev.penstock.connector.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;

/**
 * Files that take effect at one instant, each as Iceberg writes files down for others. Their deletes are about rows
 * that were committed before them, never about rows of the same segment.
 *
 * @param rows data files
 * @param deletes that hold in the partition they name
 * @param everywhere deletes that hold in all partitions
 */
record Segment(List<JsonNode> rows, List<JsonNode> deletes, List<JsonNode> everywhere) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How version 1 of handles called {@code rows}. */
    private static final String ROWS = "files";

    private static final String DELETES = "deletes";
    private static final String EVERYWHERE = "everywhere";

    Segment {
        rows = List.copyOf(rows);
        deletes = List.copyOf(deletes);
        everywhere = List.copyOf(everywhere);
    }

    /** Describes files that were written for one of {@code specs}, the deletes perhaps for no partition. */
    static Segment of(TableSpecs specs, List<DataFile> rows, List<DeleteFile> deletes) {
        List<JsonNode> inPartitions = new ArrayList<>();
        List<JsonNode> everywhere = new ArrayList<>();
        for (DeleteFile file : deletes) {
            boolean scoped = file.partition().size() > 0;
            PartitionSpec spec = scoped ? specs.get(file.specId()) : PartitionSpec.unpartitioned();
            (scoped ? inPartitions : everywhere).add(json(file, spec));
        }
        List<JsonNode> data =
                rows.stream().map(file -> json(file, specs.get(file.specId()))).toList();
        return new Segment(data, inPartitions, everywhere);
    }

    private static JsonNode json(ContentFile<?> file, PartitionSpec spec) {
        try {
            return JSON.readTree(ContentFileParser.toJson(file, spec));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot read back the description of a file", e);
        }
    }

    boolean hasRows() {
        return !rows.isEmpty();
    }

    boolean hasDeletes() {
        return !deletes.isEmpty() || !everywhere.isEmpty();
    }

    /** The descriptions of all files. */
    Stream<JsonNode> all() {
        return Stream.of(rows, deletes, everywhere).flatMap(Collection::stream);
    }

    long bytes() {
        return all().mapToLong(file -> file.required("file-size-in-bytes").longValue())
                .sum();
    }

    void addTo(ObjectNode object) {
        put(object.putArray(ROWS), rows);
        put(object.putArray(DELETES), deletes);
        put(object.putArray(EVERYWHERE), everywhere);
    }

    private static void put(ArrayNode array, List<JsonNode> files) {
        files.forEach(array::add);
    }

    /** Reads what {@link #addTo} wrote. */
    static Segment parse(JsonNode object) {
        return new Segment(files(object.required(ROWS)), files(object.path(DELETES)), files(object.path(EVERYWHERE)));
    }

    private static List<JsonNode> files(JsonNode array) {
        List<JsonNode> files = new ArrayList<>();
        array.forEach(files::add);
        return files;
    }

    /** Whether the table needs a spec without partitions so that all deletes reach all that they are about. */
    boolean reachesEverywhere(TableSpecs specs) {
        return !everywhere.isEmpty() || (!deletes.isEmpty() && specs.areSeveral());
    }

    /** The files as the table understands them now. */
    List<ContentFile<?>> contents(TableSpecs specs) {
        List<ContentFile<?>> contents = new ArrayList<>();
        rows.forEach(file -> contents.add(ContentFileParser.fromJson(file, specs.byId())));
        for (JsonNode file : deletes) {
            // Rows of the partition may lie in one of another spec by now.
            JsonNode reaching = specs.areSeveral() ? widened(file, specs) : file;
            contents.add(ContentFileParser.fromJson(reaching, specs.byId()));
        }
        everywhere.forEach(file -> contents.add(ContentFileParser.fromJson(widened(file, specs), specs.byId())));
        return contents;
    }

    /** The same deletes for all partitions of all specs. What is in the file stays the same. */
    private static JsonNode widened(JsonNode file, TableSpecs specs) {
        ObjectNode everywhere = file.deepCopy();
        everywhere.put("spec-id", specs.unpartitioned().orElseThrow());
        everywhere.putArray("partition");
        return everywhere;
    }
}
