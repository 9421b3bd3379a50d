package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.PlanNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns that were found for a decoder, as a text that is kept with the pipeline's state: a version, the
 * fingerprint of the decoder, and names and types. With other settings of the decoder, they are forgotten.
 */
final class RememberedColumns {
    private static final String VERSION = "1";
    private static final String SEPARATOR = " ";

    private RememberedColumns() {}

    /** Under which name they are remembered. */
    static String key(PlanNode.TransformNode decoder) {
        return "columns." + decoder.id();
    }

    static String write(PlanNode.TransformNode decoder, Map<String, String> columns) {
        String pairs = columns.entrySet().stream()
                .map(column -> encoded(column.getKey()) + "=" + encoded(column.getValue()))
                .collect(Collectors.joining("&"));
        return String.join(SEPARATOR, VERSION, fingerprint(decoder), pairs);
    }

    /** What {@link #write} wrote; empty if there is nothing, or it was found with other settings. */
    static Optional<Map<String, String>> read(PlanNode.TransformNode decoder, Map<String, String> remembered) {
        List<String> parts = List.of(remembered.getOrDefault(key(decoder), "").split(SEPARATOR));
        if (parts.size() != 3 || !parts.get(0).equals(VERSION) || !parts.get(1).equals(fingerprint(decoder))) {
            return Optional.empty();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (String pair : parts.get(2).split("&")) {
            int split = pair.indexOf('=');
            columns.put(decoded(pair.substring(0, split)), decoded(pair.substring(split + 1)));
        }
        return Optional.of(columns);
    }

    private static String fingerprint(PlanNode.TransformNode decoder) {
        return Fingerprint.of(List.of(decoder));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
