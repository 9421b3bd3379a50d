package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Short ways to plan pipelines of {@link TestConnector}s. */
final class Pipelines {
    static final Path BASE = Path.of("/pipelines").toAbsolutePath();

    private Pipelines() {}

    static PipelineFile file(String yaml, String... overrides) {
        return file(yaml, Map.of(), overrides);
    }

    static PipelineFile file(String yaml, Map<String, String> environment, String... overrides) {
        return PipelineFile.parse("p.yaml", BASE, yaml, environment, List.of(overrides));
    }

    static Plan plan(String yaml, String... overrides) {
        return planned(file(yaml, overrides)).orThrow();
    }

    static Planned planned(PipelineFile file) {
        return new Planner(TestConnector.CATALOG).plan(file);
    }

    /** All that is wrong, a line each, whether it is found by reading or by planning. */
    static List<String> problems(String yaml, Map<String, String> environment, String... overrides) {
        try {
            return planned(file(yaml, environment, overrides)).problems().stream()
                    .map(LocatedProblem::toString)
                    .toList();
        } catch (PipelineException e) {
            return e.problems().stream().map(LocatedProblem::toString).toList();
        }
    }

    static List<String> problems(String yaml, String... overrides) {
        return problems(yaml, Map.of(), overrides);
    }
}
