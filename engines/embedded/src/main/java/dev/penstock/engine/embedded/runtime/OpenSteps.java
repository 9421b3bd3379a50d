package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.ResolvedPlan;
import dev.penstock.dataflow.SchemaResolver;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.spi.Source;
import dev.penstock.spi.data.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The outside ends of the pipeline, open, provisioned and agreed on the columns.
 *
 * @param plan with everything that only open sources could tell
 * @param sinks of all rows; the one of dead letters is not among them
 * @param schemas of what comes out of each step
 */
record OpenSteps(
        Plan plan,
        List<SourceStep> sources,
        List<SinkStep> sinks,
        Optional<DeadLetterStep> deadLetters,
        Map<String, Schema> schemas) {
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
        SinkOpener opener = new SinkOpener(surroundings, generation, closing);
        List<SinkStep> sinks = plan.nodes(SinkNode.class).stream()
                .map(node -> opener.open(node, requireNonNull(schemas.get(node.id()), node.id())))
                .toList();
        Optional<DeadLetterStep> deadLetters = opener.deadLetters(plan.errors());
        opener.provision();
        return new OpenSteps(plan, sources, sinks, deadLetters, schemas);
    }

    /** All sinks, rows and dead letters alike. */
    List<SinkStep> allSinks() {
        return Stream.concat(sinks.stream(), deadLetters.stream().map(DeadLetterStep::sink))
                .toList();
    }
}
