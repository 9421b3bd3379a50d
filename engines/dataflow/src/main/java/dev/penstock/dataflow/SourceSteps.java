package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans sources, each with its decoder. */
final class SourceSteps {
    private final Planning planning;

    SourceSteps(Planning planning) {
        this.planning = planning;
    }

    /** Adds the source at {@code path} to {@code nodes} and gives the id of the step its rows come out of. */
    Optional<String> plan(String path, Tree tree, List<PlanNode> nodes) {
        Optional<StepSettings> settings = StepSettings.of(planning, path, tree, Sections.SOURCE_KEYS, Role.SOURCE);
        return settings.flatMap(step -> plan(step, (Tree.Mapping) tree, nodes));
    }

    private Optional<String> plan(StepSettings step, Tree.Mapping written, List<PlanNode> nodes) {
        boolean wanted = step.common().find(Sections.FORMAT).isPresent();
        Optional<Format> format = wanted ? Format.of(planning, step.path(), written, Role.SOURCE) : Optional.empty();
        String id = step.id(planning);
        Optional<Config> config = step.config(planning, format, step.connector()::source);
        config.ifPresent(own -> nodes.add(new PlanNode.SourceNode(id, step.connector(), own)));
        boolean decoded = format.filter(given -> !given.isDocument()).isPresent();
        boolean columns = step.common().find(Sections.COLUMNS).isPresent();
        if (columns && !decoded && wanted == format.isPresent()) {
            planning.error(
                    step.path() + "." + Sections.COLUMNS.name(),
                    Problem.Code.CONFLICT,
                    "means nothing without a format that has columns",
                    "give a format such as ndjson or csv, or remove it");
        }
        if (!decoded) {
            return config.map(own -> id);
        }
        Map<String, Tree> types = new HashMap<>();
        if (columns) {
            String name = Sections.COLUMNS.name();
            written.find(name).ifPresent(given -> types.put(name, given));
        }
        Optional<PlanNode.TransformNode> decoder =
                format.get().node(planning, Format.DECODE, id + "." + Format.DECODE, List.of(id), types);
        decoder.ifPresent(nodes::add);
        return decoder.map(PlanNode::id);
    }
}
