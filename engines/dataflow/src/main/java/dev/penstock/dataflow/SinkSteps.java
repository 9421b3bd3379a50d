package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans sinks, each with its filter and encoder. */
final class SinkSteps {
    private final Planning planning;

    SinkSteps(Planning planning) {
        this.planning = planning;
    }

    /** Adds the sink at {@code path}, fed by {@code inputs}, to {@code nodes}. */
    void plan(String path, Tree tree, List<String> inputs, List<PlanNode> nodes) {
        StepSettings.of(planning, path, tree, Sections.SINK_KEYS, Role.SINK)
                .ifPresent(step -> plan(step, (Tree.Mapping) tree, inputs, nodes));
    }

    private void plan(StepSettings step, Tree.Mapping written, List<String> inputs, List<PlanNode> nodes) {
        String id = step.id(planning);
        checkCapabilities(step);
        List<String> filtered = filter(step, written, id, inputs, nodes);
        Optional<Format> format = format(step, written);
        Optional<Config> config = step.config(planning, format, step.connector()::sink);
        Optional<PlanNode.TransformNode> encoder = format.flatMap(
                given -> encoder(given.naming(planning, step.own()), id, filtered, beside(step, config)));
        encoder.ifPresent(nodes::add);
        List<String> encoded = encoder.map(node -> List.of(node.id())).orElse(filtered);
        config.ifPresent(own -> nodes.add(new PlanNode.SinkNode(
                id, encoded, step.connector(), own, mode(step.common()), interval(step.common()))));
    }

    private Optional<Format> format(StepSettings step, Tree.Mapping written) {
        return step.common()
                .find(Sections.FORMAT)
                .flatMap(given -> Format.of(planning, step.path(), written, Role.SINK));
    }

    private Optional<PlanNode.TransformNode> encoder(
            Format format, String sink, List<String> inputs, List<String> beside) {
        Map<String, Tree> more = beside.isEmpty() ? Map.of() : Map.of(Format.KEEP, Tree.of(beside));
        return format.node(planning, Format.ENCODE, sink + "." + Format.ENCODE, inputs, more);
    }

    /** The columns that the sink takes besides the record: those that its settings name, and the key. */
    private static List<String> beside(StepSettings step, Optional<Config> own) {
        WriteMode mode = mode(step.common());
        Set<String> columns = new LinkedHashSet<>(mode.kind() == WriteMode.Kind.UPSERT ? mode.key() : List.of());
        for (ConfigKey<?> setting : step.spec().keys()) {
            if (setting.type().equals(ConfigType.COLUMN) || setting.type().equals(ConfigType.COLUMNS)) {
                own.flatMap(config -> config.find(setting)).ifPresent(named -> add(named, columns));
            }
        }
        return List.copyOf(columns);
    }

    /** {@code named} is one name, or a list of them. */
    private static void add(Object named, Set<String> columns) {
        if (named instanceof List<?> several) {
            several.forEach(name -> columns.add(name.toString()));
        } else {
            columns.add(named.toString());
        }
    }

    private List<String> filter(
            StepSettings step, Tree.Mapping written, String id, List<String> inputs, List<PlanNode> nodes) {
        String when = Sections.WHEN.name();
        Optional<PlanNode.TransformNode> filter = step.common()
                .find(Sections.WHEN)
                .flatMap(given -> written.find(when))
                .flatMap(condition -> new TransformSteps(planning)
                        .when(step.path() + "." + when, condition, id + "." + when, inputs));
        filter.ifPresent(nodes::add);
        return filter.map(node -> List.of(node.id())).orElse(inputs);
    }

    private void checkCapabilities(StepSettings step) {
        ConnectorDescriptor descriptor = step.connector().descriptor();
        if (mode(step.common()).kind() == WriteMode.Kind.UPSERT && !descriptor.can(Capability.UPSERT)) {
            planning.error(
                    step.path() + "." + Sections.MODE.name(),
                    Problem.Code.UNSUPPORTED,
                    "connector '" + descriptor.name() + "' cannot upsert",
                    "write 'append', or use a sink that can");
        }
        if (!interval(step.common()).isZero() && !descriptor.can(Capability.TRANSACTIONAL)) {
            planning.error(
                    step.path() + "." + Sections.COMMIT_INTERVAL.name(),
                    Problem.Code.UNSUPPORTED,
                    "connector '" + descriptor.name() + "' is not transactional, so it has no commits to gather",
                    "remove it");
        }
    }

    private static Duration interval(Config common) {
        return common.find(Sections.COMMIT_INTERVAL).orElse(Duration.ZERO);
    }

    private static WriteMode mode(Config common) {
        List<String> key = common.find(Sections.KEY).orElse(List.of());
        WriteMode.Kind kind = common.find(Sections.MODE).orElse(WriteMode.Kind.APPEND);
        return switch (kind) {
            case APPEND -> WriteMode.append();
            case UPSERT ->
                new WriteMode(kind, key, common.find(Sections.DELETE_BY).orElse(key));
        };
    }

    /** The sink that rejected rows go to, if it is right. */
    Optional<ErrorPolicy> deadLetters(String path, Tree tree) {
        Optional<StepSettings> settings = StepSettings.of(planning, path, tree, Sections.ERROR_SINK_KEYS, Role.SINK);
        return settings.flatMap(step -> deadLetters(step, (Tree.Mapping) tree));
    }

    private Optional<ErrorPolicy> deadLetters(StepSettings step, Tree.Mapping written) {
        String id = step.common().find(Sections.NAME).orElse(StepNames.ERRORS);
        planning.place(id, problem -> problem.at(step.path()));
        Optional<Format> format = format(step, written);
        Optional<Config> config = step.config(planning, format, step.connector()::sink);
        Optional<PlanNode.TransformNode> encoder = format.flatMap(
                given -> encoder(given.naming(planning, step.own()), id, List.of(), beside(step, config)));
        return config.map(own ->
                        new PlanNode.SinkNode(id, List.of(), step.connector(), own, WriteMode.append(), Duration.ZERO))
                .map(sink -> new ErrorPolicy.DeadLetter(sink, encoder));
    }
}
