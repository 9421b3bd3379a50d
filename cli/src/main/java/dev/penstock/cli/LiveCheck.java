package dev.penstock.cli;

import dev.penstock.dataflow.LocatedProblem;
import dev.penstock.dataflow.SchemaResolver;
import dev.penstock.dataflow.StepPlaces;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tries a plan against the outside, and changes nothing there. */
final class LiveCheck {
    private final Plan plan;
    private final Map<String, List<Problem>> problems = new LinkedHashMap<>();
    private Map<String, Schema> schemas = Map.of();

    private LiveCheck(Plan plan) {
        this.plan = plan;
        plan.nodes().forEach(node -> problems.put(node.id(), new ArrayList<>()));
    }

    /**
     * What was found.
     *
     * @param problems by step, for every step
     * @param schemas the columns that each step gives, as far as they could be told
     */
    record Findings(Map<String, List<LocatedProblem>> problems, Map<String, Schema> schemas) {
        boolean failed() {
            return problems.values().stream().flatMap(List::stream).anyMatch(LocatedProblem::isError);
        }
    }

    /**
     * Asks every connector, then reads as much of the sources as it takes to tell all columns.
     *
     * @param places where the steps are written
     */
    static Findings of(Plan plan, StepPlaces places) {
        LiveCheck check = new LiveCheck(plan);
        plan.nodes().forEach(check::askConnector);
        if (check.problems.values().stream().allMatch(List::isEmpty)) {
            check.resolveSchemas();
            plan.nodes(SinkNode.class).forEach(check::planSink);
        }
        Map<String, List<LocatedProblem>> located = new LinkedHashMap<>();
        check.problems.forEach((id, found) -> located.put(
                id, found.stream().map(problem -> located(problem, id, places)).toList()));
        return new Findings(located, check.schemas);
    }

    private static LocatedProblem located(Problem problem, String id, StepPlaces places) {
        boolean named = problem.path().equals(id) || problem.path().startsWith(id + ".");
        return places.locate(named ? problem : problem.at(id));
    }

    private void askConnector(PlanNode node) {
        CommandContext context = new CommandContext(plan, node.id());
        if (node instanceof SourceNode source) {
            ask(node.id(), Role.SOURCE, source.connector(), source.config(), context);
        } else if (node instanceof TransformNode transform) {
            ask(node.id(), Role.TRANSFORM, transform.connector(), transform.config(), context);
        } else if (node instanceof SinkNode sink) {
            ask(node.id(), Role.SINK, sink.connector(), sink.config(), context);
        }
    }

    private void ask(String id, Role role, Connector connector, Config config, CommandContext context) {
        attempt(id, () -> found(id).addAll(connector.check(role, config, context)));
    }

    private void resolveSchemas() {
        Map<String, Source> opened = new LinkedHashMap<>();
        try {
            for (SourceNode node : plan.nodes(SourceNode.class)) {
                Source source = node.create();
                opened.put(node.id(), source);
                attempt(node.id(), () -> source.open(new CommandContext(plan, node.id())));
            }
            if (problems.values().stream().allMatch(List::isEmpty)) {
                attempt(
                        plan.nodes().get(0).id(),
                        () -> schemas =
                                SchemaResolver.resolve(plan, opened, Map.of()).schemas());
            }
        } finally {
            opened.values().forEach(Source::close);
        }
    }

    private void planSink(SinkNode node) {
        String input = node.inputs().isEmpty() ? "" : node.inputs().get(0);
        Schema schema = schemas.get(input);
        if (schema == null) {
            return;
        }
        attempt(node.id(), () -> {
            try (Sink sink = node.create()) {
                sink.open(new CommandContext(plan, node.id()));
                if (sink.plan(schema, node.mode()) instanceof SinkPlan.Reject rejected) {
                    found(node.id()).addAll(rejected.problems());
                }
            }
        });
    }

    /** Problems may name the step that they are about at the start of their path. */
    private void attempt(String id, Runnable step) {
        try {
            step.run();
        } catch (ConfigException e) {
            e.problems().forEach(problem -> found(stepOf(problem, id)).add(problem));
        } catch (ConnectorException e) {
            found(id).add(Problem.error("", Problem.Code.CONNECTION, String.valueOf(e.getMessage()), ""));
        }
    }

    private String stepOf(Problem problem, String otherwise) {
        String path = problem.path() + ".";
        return problems.keySet().stream()
                .filter(id -> path.startsWith(id + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse(otherwise);
    }

    private List<Problem> found(String id) {
        return problems.computeIfAbsent(id, step -> new ArrayList<>());
    }
}
