package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.ResolvedPlan;
import dev.penstock.dataflow.SchemaResolver;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outside ends of the pipeline, open, provisioned and agreed on the columns.
 *
 * @param plan with everything that only open sources could tell
 * @param schemas of what comes out of each step
 */
record OpenSteps(Plan plan, List<SourceStep> sources, List<SinkStep> sinks, Map<String, Schema> schemas) {
    static OpenSteps open(Surroundings surroundings, long generation, RememberedFacts facts, Closing closing) {
        Map<String, Source> opened = new LinkedHashMap<>();
        for (SourceNode node : surroundings.plan().nodes(SourceNode.class)) {
            Source source = closing.add(node.create());
            source.open(new StepContext(surroundings, node.id(), generation));
            source.provision();
            opened.put(node.id(), source);
        }
        ResolvedPlan resolved = SchemaResolver.resolve(surroundings.plan(), opened, facts.columns());
        facts.columns(resolved.remember());
        Plan plan = resolved.plan();
        Map<String, Schema> schemas = resolved.schemas();
        List<SourceStep> sources = plan.nodes(SourceNode.class).stream()
                .map(node -> new SourceStep(node, requireNonNull(opened.get(node.id()), node.id())))
                .toList();
        return new OpenSteps(plan, sources, sinks(surroundings, generation, closing, schemas), schemas);
    }

    private static List<SinkStep> sinks(
            Surroundings surroundings, long generation, Closing closing, Map<String, Schema> schemas) {
        List<SinkStep> sinks = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (SinkNode node : surroundings.plan().nodes(SinkNode.class)) {
            Sink sink = closing.add(node.create());
            sink.open(new StepContext(surroundings, node.id(), generation));
            SinkStep step = new SinkStep(surroundings.plan().pipeline(), node, sink);
            problems.addAll(step.plan(requireNonNull(schemas.get(node.id()), node.id())));
            sinks.add(step);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        sinks.forEach(SinkStep::provision);
        return sinks;
    }
}
