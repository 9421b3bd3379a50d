package dev.penstock.cli;

import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.engine.embedded.Progress;
import dev.penstock.engine.embedded.RunReport;
import dev.penstock.engine.embedded.StepProgress;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Role;
import dev.penstock.spi.data.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is said about a run when it has ended. */
final class RunSummary {
    private static final Pattern CODEC = Pattern.compile("(decode|encode)(-.*)?");

    private final Plan plan;
    private final RunReport report;
    private final OptionalLong peakMemory;

    RunSummary(Plan plan, RunReport report, OptionalLong peakMemory) {
        this.plan = plan;
        this.report = report;
        this.peakMemory = peakMemory;
    }

    /** What is said before a run begins: name, steps, guarantee, epochs. */
    static String opening(Plan plan) {
        String steps = plan.nodes().stream().map(PlanNode::id).collect(Collectors.joining(" -> "));
        String state = plan.checkpoint()
                .state()
                .map(directory -> ", state in " + directory)
                .orElse(", without state");
        return plan.pipeline() + ": " + steps + "\n" + plan.guarantee().text() + ", an epoch every "
                + Figures.duration(plan.checkpoint().interval()) + state;
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Progress totals = report.totals();
        Duration elapsed = report.elapsed();
        boolean done = report.ending() == RunReport.Ending.DONE;
        lines.add(plan.pipeline() + (done ? " is done" : " was stopped; the next run goes on from here") + ", after "
                + Figures.duration(elapsed));
        things().ifPresent(label -> lines.add(line(label, documents(totals))));
        lines.add(line(
                "read",
                Figures.count(totals.rows(), "row") + ", " + Figures.megabytes(totals.bytes()) + "; "
                        + Figures.rowsPerSecond(Figures.rate(totals.rows(), elapsed)) + ", "
                        + Figures.megabytesPerSecond(Figures.rate(totals.bytes(), elapsed))));
        totals.steps().forEach((id, step) -> step(id, step).ifPresent(text -> lines.add(line(id, text))));
        lines.add(line(
                "epochs",
                Figures.count(totals.epochs()) + ", " + plan.guarantee().text() + restarts(totals)));
        if (totals.deadLetters() > 0) {
            lines.add(line(
                    "errors",
                    Figures.count(totals.deadLetters(), "row") + " set aside as dead letters" + deadLetterSink()));
        }
        peakMemory.ifPresent(bytes -> lines.add(line("memory", (bytes >> 20) + " MiB at most")));
        report.notes().forEach(note -> lines.add(line("note", note)));
        return lines;
    }

    private String deadLetterSink() {
        return plan.errors() instanceof ErrorPolicy.DeadLetter policy
                ? " in sink " + policy.sink().id()
                : "";
    }

    private static String line(String label, String text) {
        return String.format("  %-11s %s", label, text);
    }

    private static String restarts(Progress totals) {
        return totals.restarts() == 0
                ? ""
                : ", " + Figures.count(totals.restarts(), "restart") + " after errors that passed";
    }

    /** What changes and vanishes, rather than only comes, if the sources give such rows. */
    private Optional<String> things() {
        boolean documents = plan.nodes(PlanNode.SourceNode.class).stream()
                .anyMatch(node -> node.connector()
                        .descriptor()
                        .spec(Role.SOURCE)
                        .flatMap(spec -> spec.find(Payload.FRAMING))
                        .flatMap(node.config()::find)
                        .filter(Payload.Framing.DOCUMENT::equals)
                        .isPresent());
        Progress totals = report.totals();
        boolean changes = operations(totals, Operation.UPDATE) + operations(totals, Operation.DELETE) > 0;
        return documents ? Optional.of("documents") : changes ? Optional.of("changes") : Optional.empty();
    }

    private static String documents(Progress totals) {
        return Figures.count(operations(totals, Operation.READ) + operations(totals, Operation.INSERT)) + " new, "
                + Figures.count(operations(totals, Operation.UPDATE)) + " changed, "
                + Figures.count(operations(totals, Operation.DELETE)) + " removed, "
                + Figures.count(totals.unchangedPartitions()) + " unchanged";
    }

    private static long operations(Progress totals, Operation operation) {
        return totals.sourceOperations().getOrDefault(operation, 0L);
    }

    /** What a transform or sink did; sources are told of already. */
    private Optional<String> step(String id, StepProgress step) {
        return plan.nodes().stream()
                .filter(node -> node.id().equals(id) && !(node instanceof PlanNode.SourceNode))
                .filter(node -> !(node instanceof PlanNode.OutputNode))
                .filter(node -> !isCodec(node) || step.rejected() > 0)
                .findFirst()
                .map(node -> node instanceof PlanNode.SinkNode ? written(step) : changed(node, step));
    }

    /** A step that was put in for a format, or between rows and items of a flow: nobody asked for it by name. */
    private boolean isCodec(PlanNode node) {
        if (node instanceof PlanNode.FunctionNode) {
            String id = node.id();
            String outer = id.substring(0, Math.max(0, id.lastIndexOf('.')));
            return plan.nodes().stream().anyMatch(other -> other.id().equals(outer));
        }
        return node instanceof PlanNode.TransformNode transform
                && CODEC.matcher(transform.connector().descriptor().name()).matches();
    }

    private static String written(StepProgress step) {
        return Figures.count(step.rowsOut(), "row") + " written, " + Figures.megabytes(step.bytesOut())
                + rejected(step);
    }

    private static String changed(PlanNode node, StepProgress step) {
        boolean chunks = node instanceof PlanNode.TransformNode transform
                && transform.connector().descriptor().name().equals("chunk");
        String noun = chunks ? "chunk" : "row";
        return Figures.count(step.rowsIn(), "row") + " in, " + Figures.count(step.rowsOut(), noun) + " out"
                + rejected(step);
    }

    private static String rejected(StepProgress step) {
        return step.rejected() == 0 ? "" : ", " + Figures.count(step.rejected()) + " rejected";
    }

    /** For programs. */
    Map<String, Object> asMap() {
        Progress totals = report.totals();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pipeline", plan.pipeline());
        map.put("ending", report.ending().name().toLowerCase(Locale.ROOT));
        map.put("seconds", report.elapsed().toMillis() / 1000.0);
        map.put("rows", totals.rows());
        map.put("bytes", totals.bytes());
        map.put("new", operations(totals, Operation.READ) + operations(totals, Operation.INSERT));
        map.put("changed", operations(totals, Operation.UPDATE));
        map.put("removed", operations(totals, Operation.DELETE));
        map.put("unchanged", totals.unchangedPartitions());
        map.put("rows_per_second", Figures.rate(totals.rows(), report.elapsed()));
        map.put("bytes_per_second", Figures.rate(totals.bytes(), report.elapsed()));
        map.put("epochs", totals.epochs());
        map.put("restarts", totals.restarts());
        map.put("dead_letters", totals.deadLetters());
        map.put("guarantee", plan.guarantee().text());
        map.put("peak_memory_bytes", peakMemory.isPresent() ? peakMemory.getAsLong() : null);
        Map<String, Object> steps = new LinkedHashMap<>();
        totals.steps().forEach((id, step) -> steps.put(id, asMap(step)));
        map.put("steps", steps);
        map.put("notes", report.notes());
        return map;
    }

    private static Map<String, Object> asMap(StepProgress step) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rows_in", step.rowsIn());
        map.put("rows_out", step.rowsOut());
        map.put("bytes_out", step.bytesOut());
        map.put("rejected", step.rejected());
        return map;
    }
}
