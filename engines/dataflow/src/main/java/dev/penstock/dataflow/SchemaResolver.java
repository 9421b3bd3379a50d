package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.format.ColumnInference;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.transform.DecodeConnector;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Source;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out the columns between steps once sources are open, and checks every transform against them. */
public final class SchemaResolver {
    private final Map<String, Source> opened;
    private final Map<String, String> remembered;
    private final Map<String, String> remember = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<PlanNode> nodes = new ArrayList<>();
    private final Map<String, Schema> schemas = new LinkedHashMap<>();

    private SchemaResolver(Map<String, Source> opened, Map<String, String> remembered) {
        this.opened = opened;
        this.remembered = remembered;
    }

    /**
     * The columns of every step of {@code plan}. A decoder without columns gets those that the last run found, or else
     * those of a sample of its source: some rows are read, no position is kept, nothing is released upstream.
     *
     * @param opened the open sources, by the id of their step; not being read by anybody else
     * @param remembered what the last run was told to remember; empty on the first
     * @throws ConfigException with the problems of all steps, each path starting with the id of its step
     */
    public static ResolvedPlan resolve(Plan plan, Map<String, Source> opened, Map<String, String> remembered) {
        SchemaResolver resolver = new SchemaResolver(opened, remembered);
        plan.nodes().forEach(resolver::resolve);
        if (!resolver.problems.isEmpty()) {
            throw new ConfigException(resolver.problems);
        }
        return new ResolvedPlan(plan.with(resolver.nodes), resolver.schemas, resolver.remember);
    }

    private void resolve(PlanNode node) {
        PlanNode complete = node instanceof PlanNode.TransformNode transform ? complete(transform) : node;
        nodes.add(complete);
        output(complete).ifPresent(schema -> schemas.put(complete.id(), schema));
    }

    private PlanNode.TransformNode complete(PlanNode.TransformNode node) {
        if (!(node.connector() instanceof DecodeConnector) || DecodeConnector.knowsColumns(node.config())) {
            return node;
        }
        Map<String, String> columns =
                RememberedColumns.read(node, remembered).orElseGet(() -> found(node));
        if (columns.isEmpty()) {
            return node;
        }
        remember.put(RememberedColumns.key(node), RememberedColumns.write(node, columns));
        return new PlanNode.TransformNode(
                node.id(),
                node.inputs(),
                node.connector(),
                DecodeConnector.withColumns(node.config(), columns));
    }

    /** The columns in a sample; none if there are no rows to find them in. */
    private Map<String, String> found(PlanNode.TransformNode decoder) {
        ColumnInference inference = DecodeConnector.inference(decoder.config());
        for (String input : decoder.inputs()) {
            Source source = opened.get(input);
            if (source != null && Payload.isIn(source.schema())) {
                for (RecordBatch batch : SourceSample.of(source)) {
                    inference.observe(batch);
                }
            }
        }
        return inference.columns();
    }

    private Optional<Schema> output(PlanNode node) {
        if (node instanceof PlanNode.SourceNode) {
            return Optional.of(requireNonNull(opened.get(node.id()), node.id()).schema());
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

    /** What goes into {@code node}; nothing if a step before it has problems of its own. */
    private Optional<Schema> input(PlanNode node) {
        List<Schema> inputs = node.inputs().stream()
                .flatMap(id -> Optional.ofNullable(schemas.get(id)).stream())
                .toList();
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
