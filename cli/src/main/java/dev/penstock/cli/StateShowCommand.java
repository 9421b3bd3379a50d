package dev.penstock.cli;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.StateSummary;
import dev.penstock.engine.embedded.store.StateSummary.StepState;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.Source;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a pipeline remembers. */
@Command(
        name = "show",
        description = "Show what a pipeline remembers, also while it runs.",
        footer = {"", "Example:", "  penstock state show pipeline.yaml --json | jq '.steps[0].partitions'"})
final class StateShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    StateShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Plan plan = pipeline.plan(surroundings);
        StateSummary state = PipelineMemory.of(plan).show();
        if (json) {
            surroundings.out().println(Json.of(asMap(plan, state)));
        } else {
            print(plan, state, surroundings.out());
        }
        return ExitCode.DONE;
    }

    private static void print(Plan plan, StateSummary state, PrintStream out) {
        out.println(state.pipeline() + ": " + (state.epoch() < 0 ? "no epoch yet" : "epoch " + state.epoch())
                + state.sealed().map(at -> ", sealed " + at).orElse("") + ", "
                + state.owner()
                        .map(owner -> "run by process " + owner.process() + " on " + owner.host())
                        .orElse("not running"));
        out.println(state.file() + ", " + Figures.megabytes(state.bytes()));
        for (StepState step : state.steps()) {
            out.println();
            out.println(step.id() + ": " + Figures.count(step.partitions().size(), "partition")
                    + ", " + Figures.count(step.keys(), "key") + ", "
                    + Figures.count(step.pending(), "handle") + " to commit");
            Table table = new Table("  PARTITION", "POSITION", "");
            step.partitions()
                    .forEach(position -> table.row(
                            "  " + position.partition().id(),
                            String.valueOf(described(plan, step.id(), position)),
                            position.ended() ? "ended" : ""));
            if (!step.partitions().isEmpty()) {
                table.print(out);
            }
        }
    }

    /** What a source says of its own positions; a step that is not in the pipeline any more says nothing. */
    private static Map<String, String> described(Plan plan, String stepId, Position position) {
        for (SourceNode node : plan.nodes(SourceNode.class)) {
            if (node.id().equals(stepId)) {
                try (Source source = node.create()) {
                    return new TreeMap<>(source.describe(position.state()));
                } catch (ConnectorException e) {
                    return Map.of("unreadable", String.valueOf(e.getMessage()));
                }
            }
        }
        return Map.of("bytes", String.valueOf(position.state().size()));
    }

    private static Map<String, Object> asMap(Plan plan, StateSummary state) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pipeline", state.pipeline());
        map.put("file", state.file());
        map.put("bytes", state.bytes());
        map.put("epoch", state.epoch());
        map.put("sealed", state.sealed().orElse(null));
        map.put(
                "owner",
                state.owner()
                        .map(owner -> Map.of("host", owner.host(), "process", owner.process(), "run", owner.runId()))
                        .orElse(null));
        map.put("steps", state.steps().stream().map(step -> asMap(plan, step)).toList());
        map.put("pending", state.pending().stream().map(StateShowCommand::asMap).toList());
        return map;
    }

    private static Map<String, Object> asMap(Plan plan, StepState step) {
        List<Map<String, Object>> partitions = step.partitions().stream()
                .map(position -> Map.<String, Object>of(
                        "id", position.partition().id(),
                        "position", described(plan, step.id(), position),
                        "ended", position.ended()))
                .toList();
        return Map.of("id", step.id(), "partitions", partitions, "keys", step.keys(), "pending", step.pending());
    }

    private static Map<String, Object> asMap(PendingHandle handle) {
        return Map.of(
                "sink", handle.sinkId(),
                "epoch", handle.prepared().epoch().epoch(),
                "rows", handle.prepared().rows(),
                "bytes", handle.prepared().bytes());
    }
}
