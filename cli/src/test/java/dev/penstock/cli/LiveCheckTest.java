package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.LocatedProblem;
import dev.penstock.dataflow.PipelineFile;
import dev.penstock.dataflow.Planned;
import dev.penstock.dataflow.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveCheckTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void showsTheLineOfWhatOnlyTheColumnsCouldTell() throws IOException {
        Path file = Files.writeString(directory.resolve("p.yaml"), """
                pipeline: copy
                checkpoint: none
                source: { connector: generate, rows: 5, columns: { id: sequence } }
                transforms:
                  - name: few
                    filter: "idd > 3"
                  - compute: { twice: id + 'a' }
                sink: { connector: "null" }
                """);
        Planned planned = new Planner(ConnectorCatalog.load(getClass().getClassLoader()))
                .plan(PipelineFile.read(file, Map.of(), List.of()));

        LiveCheck.Findings findings = LiveCheck.of(planned.orThrow(), planned.places());

        assertThat(findings.problems().values().stream().flatMap(List::stream).map(LocatedProblem::toString))
                .containsExactly(file + ":6: transforms.0.filter: character 1: 'idd' is not a column or function; did"
                        + " you mean 'id'?");
        assertThat(findings.failed()).isTrue();
    }
}
