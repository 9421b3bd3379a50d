package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.builtin.GenerateConnector;
import dev.penstock.dataflow.builtin.StdoutConnector;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** If this fails, put what the test shows into README.md. */
final class ReadmeTest {
    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static String table(Connector connector, Role role) {
        return SettingsTable.markdown(connector.descriptor().spec(role).orElseThrow());
    }

    @Test
    void showsTheSettingsOfTheBuiltInConnectors() throws IOException {
        assertThat(readme())
                .contains(table(new GenerateConnector(), Role.SOURCE))
                .contains(table(new StdoutConnector(), Role.SINK));
    }

    @Test
    void showsTheSettingsOfAPipelineFile() throws IOException {
        assertThat(readme())
                .contains(SettingsTable.pipelineSections().values().stream()
                        .map(SettingsTable::markdown)
                        .toList());
    }

    @Test
    void showsAPipelineThatWorks() throws IOException {
        String yaml = readme().split("```yaml\n", -1)[1].split("```", -1)[0];
        Plan plan = new Planner(ConnectorCatalog.load(ReadmeTest.class.getClassLoader()))
                .plan(PipelineFile.parse("README.md", Path.of("").toAbsolutePath(), yaml, Map.of(), List.of()))
                .orThrow();
        assertThat(plan.pipeline()).isEqualTo("first-rows");
    }
}
