package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans the steps {@code decode} and {@code encode} among the transforms where their format has options, or is one that
 * a connector offers: {@code decode: { column: kafka_key, format: { type: avro, registry: ... } }}.
 */
final class FormatStep {
    private final Planning planning;
    private final String path;
    private final String name;

    /** The step {@code name}, which is written at {@code path}. */
    FormatStep(Planning planning, String path, String name) {
        this.planning = planning;
        this.path = path;
        this.name = name;
    }

    /** Whether the step {@code name} with these settings is one; others are transforms as any. */
    static boolean is(String name, Tree.Mapping settings) {
        boolean isFormat = name.equals(Format.DECODE) || name.equals(Format.ENCODE);
        Optional<Tree> format = settings.find(Format.FORMAT);
        return isFormat
                && format.filter(written -> written instanceof Tree.Mapping
                                || (written instanceof Tree.Scalar type && !Format.isBuiltIn(type.text())))
                        .isPresent();
    }

    Optional<PlanNode> plan(Tree.Mapping settings, String id, List<String> inputs) {
        Map<String, Tree> beside = new LinkedHashMap<>();
        settings.entries().forEach((key, entry) -> {
            if (!key.equals(Format.FORMAT)) {
                beside.put(key, entry.value());
            }
        });
        return Format.of(planning, path, settings, name.equals(Format.DECODE) ? Role.SOURCE : Role.SINK)
                .flatMap(format -> format.node(planning, name, id, inputs, beside));
    }
}
