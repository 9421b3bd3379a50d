package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.dataflow.plan.InProcessConnector;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.transform.FindsColumns;
import dev.penstock.dataflow.transform.PassedColumns;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Source;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds out the columns between steps once sources are open, and checks every transform against them. */
public final class SchemaResolver {
    private final Map<String, Source> opened;
    private final Map<String, String> remembered;
    private final Map<String, String> remember = new HashMap<>();
    /** By the id of a source, what was read of it: once, however many steps find columns in it. */
    private final Map<String, List<RecordBatch>> samples = new HashMap<>();

    private final List<Problem> problems = new ArrayList<>();
    private final List<PlanNode> nodes = new ArrayList<>();
    private final Map<String, Schema> schemas = new LinkedHashMap<>();
    private final Map<String, List<Schema>> outputs = new HashMap<>();

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
        outputs(complete).ifPresent(columns -> {
            schemas.put(complete.id(), columns.get(0));
            outputs.put(complete.id(), columns);
        });
    }

    private PlanNode.TransformNode complete(PlanNode.TransformNode node) {
        if (!(node.connector() instanceof FindsColumns decoder) || decoder.knowsColumns(node.config())) {
            return node;
        }
        Map<String, String> columns = RememberedColumns.read(node, remembered)
                .orElseGet(() -> decoder.find(node.config(), () -> sample(node, decoder)));
        if (columns.isEmpty()) {
            return node;
        }
        remember.put(RememberedColumns.key(node), RememberedColumns.write(node, columns));
        return new PlanNode.TransformNode(
                node.id(), node.inputs(), node.connector(), decoder.withColumns(node.config(), columns));
    }

    /** Some rows of the sources of what {@code decoder} reads; none if a step between makes that column. */
    private List<RecordBatch> sample(PlanNode.TransformNode node, FindsColumns decoder) {
        Set<String> sources = new LinkedHashSet<>();
        String column = decoder.readColumn(node.config());
        List<RecordBatch> rows = new ArrayList<>();
        if (node.inputs().stream().allMatch(input -> comesAsItIs(input, column, sources))) {
            sources.forEach(source -> rows.addAll(samples.computeIfAbsent(source, this::sample)));
        }
        return rows;
    }

    private List<RecordBatch> sample(String id) {
        Source source = requireNonNull(opened.get(id), id);
        return Payload.isIn(source.schema()) ? SourceSample.of(source) : List.of();
    }

    /** Whether {@code column} comes to {@code step} as its sources give it, which are added to {@code sources}. */
    private boolean comesAsItIs(String step, String column, Set<String> sources) {
        if (opened.containsKey(step)) {
            sources.add(step);
            return true;
        }
        return nodes.stream()
                .filter(node -> node.id().equals(step) && passes(node, column))
                .findFirst()
                .filter(node -> node.inputs().stream().allMatch(input -> comesAsItIs(input, column, sources)))
                .isPresent();
    }

    private boolean passes(PlanNode node, String column) {
        Schema output = schemas.get(node.id());
        boolean isThere = output != null && output.find(column).isPresent();
        return isThere
                && (node instanceof PlanNode.SpreadNode
                        || (node instanceof PlanNode.TransformNode transform
                                && PassedColumns.passes(transform.connector(), transform.config(), column)));
    }

    /** The columns of each output; nothing if this step or one before it has problems. */
    private Optional<List<Schema>> outputs(PlanNode node) {
        if (node instanceof PlanNode.SourceNode) {
            return Optional.of(
                    List.of(requireNonNull(opened.get(node.id()), node.id()).schema()));
        }
        if (node instanceof PlanNode.KeyedNode keyed) {
            return outputs(keyed);
        }
        if (node instanceof PlanNode.OutputNode output) {
            return output(output).map(List::of);
        }
        Optional<Schema> input = input(node);
        if (node instanceof PlanNode.FunctionNode function) {
            return input.flatMap(
                    columns -> checked(node, () -> function.function().outputs(columns)));
        }
        if (node instanceof PlanNode.TransformNode transform) {
            return outside(node, transform.connector(), input)
                    .flatMap(columns -> output(transform, columns))
                    .map(List::of);
        }
        return (node instanceof PlanNode.SinkNode sink ? outside(node, sink.connector(), input) : input).map(List::of);
    }

    private Optional<List<Schema>> outputs(PlanNode.KeyedNode node) {
        List<Schema> inputs = inputs(node);
        return inputs.size() < node.inputs().size()
                ? Optional.empty()
                : checked(node, () -> {
                    checkCount(node);
                    for (int input = 0; input < inputs.size(); input++) {
                        new KeyEncoder(
                                inputs.get(input), node.step().keyColumns().get(input));
                    }
                    return node.step().outputs(inputs);
                });
    }

    private static void checkCount(PlanNode.KeyedNode node) {
        int wanted = node.step().keyColumns().size();
        if (wanted != node.inputs().size()) {
            throw new IllegalArgumentException(
                    "takes " + wanted + " inputs and has " + node.inputs().size());
        }
    }

    private Optional<Schema> output(PlanNode.OutputNode node) {
        List<Schema> columns = outputs.get(node.input());
        if (columns != null && node.output() >= columns.size()) {
            problems.add(Problem.error(
                    node.id(),
                    Problem.Code.NOT_FOUND,
                    "there is no output " + node.output() + " of step '" + node.input() + "', which has "
                            + columns.size(),
                    "take one from 0 to " + (columns.size() - 1)));
            return Optional.empty();
        }
        return Optional.ofNullable(columns).map(all -> all.get(node.output()));
    }

    /** What a program's own step says of its columns, with its refusals as problems of the step. */
    private Optional<List<Schema>> checked(PlanNode node, Supplier<List<Schema>> columns) {
        try {
            return Optional.of(columns.get());
        } catch (ConfigException e) {
            e.problems().forEach(problem -> problems.add(problem.at(node.id())));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.error(
                    node.id(),
                    Problem.Code.INCOMPATIBLE,
                    requireNonNullElse(e.getMessage(), e.toString()),
                    "change this step, or the columns of the step before"));
        }
        return Optional.empty();
    }

    /** {@code input}, unless it holds objects of the program, which only connectors to the program itself take. */
    private Optional<Schema> outside(PlanNode node, Connector connector, Optional<Schema> input) {
        Optional<Field> objects = connector instanceof InProcessConnector
                ? Optional.empty()
                : input.stream()
                        .flatMap(schema -> schema.fields().stream())
                        .filter(field -> field.type() == DataType.OBJECT)
                        .findFirst();
        objects.ifPresent(field -> problems.add(Problem.error(
                node.id(),
                Problem.Code.INCOMPATIBLE,
                "step '" + node.inputs().get(0) + "' gives objects of the program, in column '" + field.name() + "'",
                "turn them into rows first with toRows")));
        return objects.isPresent() ? Optional.empty() : input;
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
        List<Schema> inputs = inputs(node);
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

    private List<Schema> inputs(PlanNode node) {
        return node.inputs().stream()
                .flatMap(id -> Optional.ofNullable(schemas.get(id)).stream())
                .toList();
    }
}
