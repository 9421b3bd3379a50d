package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Source;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out the columns between steps once sources are open, and checks every transform against them. */
public final class SchemaResolver {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Schema> schemas = new LinkedHashMap<>();

    private SchemaResolver() {}

    /**
     * The columns of every step of {@code plan}.
     *
     * @param opened the open sources, by the id of their step
     * @param remembered what the last run was told to remember; empty on the first
     * @throws ConfigException with the problems of all steps
     */
    public static ResolvedPlan resolve(Plan plan, Map<String, Source> opened, Map<String, String> remembered) {
        SchemaResolver resolver = new SchemaResolver();
        for (PlanNode node : plan.nodes()) {
            resolver.output(node, opened).ifPresent(schema -> resolver.schemas.put(node.id(), schema));
        }
        if (!resolver.problems.isEmpty()) {
            throw new ConfigException(resolver.problems);
        }
        return new ResolvedPlan(plan, resolver.schemas, remembered);
    }

    private Optional<Schema> output(PlanNode node, Map<String, Source> opened) {
        if (node instanceof PlanNode.SourceNode) {
            return Optional.of(opened.get(node.id()).schema());
        }
        Optional<Schema> input = input(node);
        return node instanceof PlanNode.TransformNode transform
                ? input.flatMap(columns -> output(transform, columns))
                : input;
    }

    private Optional<Schema> output(PlanNode.TransformNode node, Schema input) {
        try (Transform transform = node.create()) {
            return Optional.of(transform.output(input));
        } catch (ConfigException e) {
            e.problems().forEach(problem -> problems.add(problem.at(node.id())));
            return Optional.empty();
        }
    }

    private Optional<Schema> input(PlanNode node) {
        List<Schema> inputs =
                node.inputs().stream().filter(schemas::containsKey).map(schemas::get).toList();
        if (inputs.size() < node.inputs().size()) {
            return Optional.empty();
        }
        for (int i = 1; i < inputs.size(); i++) {
            if (!inputs.get(i).equals(inputs.get(0))) {
                problems.add(Problem.error(
                        node.id(),
                        Problem.Code.INCOMPATIBLE,
                        "cannot merge '" + node.inputs().get(0) + "' with columns " + inputs.get(0) + " and '"
                                + node.inputs().get(i) + "' with columns " + inputs.get(i),
                        "give all sources the same columns"));
            }
        }
        return inputs.stream().findFirst();
    }
}
