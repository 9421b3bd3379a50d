package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A digest of everything that decides what rows look like before they reach a sink. Secrets do not take part. */
final class Fingerprint {
    private static final int SHOWN_BYTES = 16;

    private Fingerprint() {}

    /** The digest over sources and transforms, hexadecimal. */
    static String of(List<PlanNode> nodes) {
        return digest(nodes.stream().map(Fingerprint::text).collect(Collectors.joining("\n")));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot digest a plan: this Java has no SHA-256; use another", e);
        }
    }

    private static String text(PlanNode node) {
        if (node instanceof PlanNode.SourceNode source) {
            return node.id() + " " + text(source.connector(), Role.SOURCE, source.config());
        }
        if (node instanceof PlanNode.TransformNode transform) {
            return node.id() + node.inputs() + " " + text(transform.connector(), Role.TRANSFORM, transform.config());
        }
        if (node instanceof PlanNode.KeyedNode keyed) {
            return node.id() + node.inputs() + " " + keyed.settings();
        }
        // Of a program's functions only their places are known.
        return node instanceof PlanNode.SinkNode
                ? ""
                : node.id() + node.inputs() + " " + node.getClass().getSimpleName();
    }

    /** The settings of a step as one text, without secrets. */
    static String text(Connector connector, Role role, Config config) {
        ConfigSpec spec = connector.descriptor().spec(role).orElseThrow();
        return connector.descriptor().name()
                + spec.keys().stream()
                        .sorted((one, other) -> one.name().compareTo(other.name()))
                        .flatMap(key -> setting(key, config).stream())
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static Optional<String> setting(ConfigKey<?> key, Config config) {
        return config.find(key)
                .filter(value -> !(value instanceof Secret))
                .map(value -> key.name() + "=" + text(value));
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ":" + text(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Fingerprint::text).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof Enum<?> constant ? quoted(ConfigType.kebab(constant)) : quoted(value);
    }

    private static String quoted(Object value) {
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
