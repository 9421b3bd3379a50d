package dev.penstock.cli;

import dev.penstock.dataflow.LocatedProblem;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds what is wrong with a pipeline before it runs. */
@Command(
        name = "check",
        description = {
            "Find everything that is wrong with a pipeline, and change nothing.",
            "",
            "All settings are checked first, then connections, privileges and columns are tried."
        },
        footer = {
            "",
            "Example:",
            "  penstock check pipeline.yaml",
            "  penstock check pipeline.yaml --offline    settings only, as in a build",
            "  penstock check --flow com.example.Sensors --class-path target/classes"
        })
final class CheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--offline", description = "Check settings only; connect to nothing.")
    private boolean offline;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Plan plan = pipeline.plan(surroundings);
        LiveCheck.Findings findings =
                offline ? new LiveCheck.Findings(Map.of(), Map.of()) : LiveCheck.of(plan, pipeline.places());
        if (json) {
            surroundings.out().println(Json.of(asMap(plan, findings)));
        } else {
            print(plan, findings);
        }
        return findings.failed() ? ExitCode.USAGE : ExitCode.DONE;
    }

    private void print(Plan plan, LiveCheck.Findings findings) {
        findings.problems().forEach((id, problems) -> {
            surroundings
                    .out()
                    .println((problems.stream().anyMatch(LocatedProblem::isError) ? "FAIL  " : "ok    ")
                            + id
                            + columns(findings.schemas().get(id)));
            problems.forEach(problem -> surroundings.out().println("      " + problem));
        });
        surroundings
                .out()
                .println(plan.pipeline() + ": "
                        + (findings.failed()
                                ? "would not run as it is"
                                : plan.guarantee().text())
                        + (offline ? "; connections were not tried" : ""));
    }

    private static String columns(@Nullable Schema schema) {
        return schema == null
                ? ""
                : schema.fields().stream()
                        .map(field -> field.name() + " " + field.type().text())
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    private static Map<String, Object> asMap(Plan plan, LiveCheck.Findings findings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pipeline", plan.pipeline());
        map.put("ok", !findings.failed());
        map.put("guarantee", plan.guarantee().text());
        Map<String, Object> steps = new LinkedHashMap<>();
        findings.problems()
                .forEach((id, problems) -> steps.put(
                        id,
                        Map.of(
                                "problems",
                                        problems.stream()
                                                .map(CheckCommand::asMap)
                                                .toList(),
                                "columns",
                                        asList(Optional.ofNullable(
                                                findings.schemas().get(id))))));
        map.put("steps", steps);
        return map;
    }

    private static Map<String, Object> asMap(LocatedProblem located) {
        Problem problem = located.problem();
        return Map.of(
                "file", located.file(),
                "line", located.line(),
                "path", problem.path(),
                "code", problem.code(),
                "severity", problem.severity(),
                "reason", problem.reason(),
                "remedy", problem.remedy());
    }

    private static List<Map<String, Object>> asList(Optional<Schema> schema) {
        return schema.map(Schema::fields).orElse(List.of()).stream()
                .map(CheckCommand::asMap)
                .toList();
    }

    private static Map<String, Object> asMap(Field field) {
        return Map.of("name", field.name(), "type", field.type().text(), "nullable", field.nullable());
    }
}
