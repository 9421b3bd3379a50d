package dev.penstock.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineException;
import dev.penstock.dataflow.plan.PlanNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How flows of programs are found, and what is said if they are not. */
final class FlowProgramTest {
    private static final FlowClassPath CLASSES = new FlowClassPath(List.of(Path.of("target/test-classes")));
    private static final ConnectorCatalog CATALOG = ConnectorCatalog.load(FlowProgramTest.class.getClassLoader());
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restoreContext() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void loadsAFlowBesideItsOwnClasses() {
        assertThat(program(SampleFlow.class.getName()).flow().plan(CATALOG).nodes())
                .extracting(PlanNode::id)
                .containsExactly("lines", "words.split", "words.long", "rows", "out");
        assertThat(Thread.currentThread().getContextClassLoader())
                .isNotSameAs(before)
                .satisfies(loader ->
                        assertThat(loader.loadClass(SampleFlow.class.getName())).isNotSameAs(SampleFlow.class))
                .satisfies(loader -> assertThatThrownBy(() -> loader.loadClass("picocli.CommandLine"))
                        .isInstanceOf(ClassNotFoundException.class));
    }

    @Test
    void saysWhereItLookedForAClass() {
        assertThatThrownBy(() -> program("com.example.Sensors").flow())
                .isInstanceOf(PipelineException.class)
                .hasMessage("--flow: there is no class 'com.example.Sensors' in " + Path.of("target/test-classes")
                        + "; check its name, package and all, and --class-path");
    }

    @Test
    void saysWhatTheClassMustHave() {
        String name = SampleFlow.Shapeless.class.getName();
        assertThatThrownBy(() -> program(name).flow())
                .hasMessage("--flow: class '" + name
                        + "' is not public or has no method 'public static Flow flow()'; give it one that builds the"
                        + " flow");
        assertThatThrownBy(() -> program(PrimesConnector.class.getName()).flow())
                .hasMessageContaining("has no method 'public static Flow flow()'");
    }

    @Test
    void saysWhyAFlowCannotBeBuilt() {
        String name = SampleFlow.Failing.class.getName();
        assertThatThrownBy(() -> program(name).flow())
                .hasMessageStartingWith("--flow: flow() of '" + name + "' failed: Cannot name a flow 'Not a name': ");
    }

    @Test
    void readsClassPathsAsJavaDoes(@TempDir Path directory) throws IOException {
        Path jar = Files.createFile(directory.resolve("a.jar"));
        Files.createFile(directory.resolve("notes.txt"));

        assertThat(FlowClassPath.parse(directory + File.pathSeparator + directory + File.separator + "*")
                        .entries())
                .containsExactly(directory, jar);
        assertThatThrownBy(() -> FlowClassPath.parse("nowhere" + File.pathSeparator + "neither"))
                .hasMessage(
                        "--class-path: there is nothing at 'nowhere'; build the program first, or correct the path\n"
                                + "--class-path: there is nothing at 'neither'; build the program first, or correct the path");
    }

    private static FlowProgram program(String name) {
        return new FlowProgram(name, CLASSES);
    }
}
