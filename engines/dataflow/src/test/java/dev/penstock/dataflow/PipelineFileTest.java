package dev.penstock.dataflow;

import static dev.penstock.dataflow.Pipelines.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineFileTest {
    private static final String COPY = """
            pipeline: copy
            source: { connector: store, path: in }
            sink: { connector: store, path: out }
            """;

    @TempDir
    private Path directory;

    private static String config(Plan plan) {
        return plan.nodes(PlanNode.SourceNode.class).get(0).config().toString();
    }

    private static String source(String settings, Map<String, String> environment) {
        String yaml = "pipeline: a\nsource:\n  connector: store\n" + settings + "\nsink: { connector: fire }\n";
        return config(Pipelines.planned(Pipelines.file(yaml, environment)).orThrow());
    }

    @Test
    void readsAFileAndStartsPathsAtItsDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("pipeline.yaml"), COPY);
        Plan plan = Pipelines.planned(PipelineFile.read(file, Map.of(), List.of())).orThrow();
        assertThat(plan.baseDirectory()).isEqualTo(directory);
        assertThat(plan.checkpoint().state()).contains(directory.resolve(".penstock/copy"));
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        Path absent = directory.resolve("absent.yaml");
        assertThatThrownBy(() -> PipelineFile.read(absent, Map.of(), List.of()))
                .isInstanceOf(PipelineException.class)
                .hasMessage(absent + ": does not exist; name the pipeline file");
        assertThatThrownBy(() -> PipelineFile.read(directory, Map.of(), List.of()))
                .hasMessage(directory + ": is a directory; name the pipeline file in it");
        Path latin = Files.write(directory.resolve("latin.yaml"), "pipeline: ä".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PipelineFile.read(latin, Map.of(), List.of()))
                .hasMessage(latin + ": is not UTF-8; save it as UTF-8");
        Path huge = Files.write(directory.resolve("huge.yaml"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> PipelineFile.read(huge, Map.of(), List.of()))
                .hasMessage(huge + ": is larger than 1 MiB; this is no pipeline; name another");
    }

    @Test
    void saysWhereYamlIsBroken() {
        assertThat(problems("pipeline: copy\nsource: { connector: store\nsink: x"))
                .containsExactly("p.yaml:3: is not YAML at column 5: expected ',' or '}', but got :");
        assertThat(problems("pipeline: 'copy"))
                .containsExactly(
                        "p.yaml:1: is not YAML at column 16: found unexpected end of stream");
        assertThat(problems("a: b\n\tc: d"))
                .containsExactly("p.yaml:2: is not YAML at column 1: found character '\\t(TAB)' that cannot start any"
                        + " token. (Do not use \\t(TAB) for indentation)");
        assertThat(problems("a: \0")).hasSize(1).first().asString().startsWith("p.yaml: is not YAML: ");
    }

    @Test
    void saysWhatIsNoPipeline() {
        assertThat(problems("")).containsExactly(
                "p.yaml: is empty; describe a pipeline: pipeline, source and sink at least");
        assertThat(problems("# nothing\n")).containsExactly(
                "p.yaml: is empty; describe a pipeline: pipeline, source and sink at least");
        assertThat(problems("- a")).containsExactly("p.yaml:1: is not a mapping of keys to values");
        assertThat(problems("a: 1\n---\nb: 2"))
                .containsExactly("p.yaml:2: holds a second document; keep one pipeline a file");
        assertThat(problems("a: !secret x")).containsExactly("p.yaml:1: has the tag '!secret'; remove it");
        assertThat(problems("? [a]\n: b"))
                .containsExactly("p.yaml:1: has a key that is not a plain name; quote the key if it is text");
    }

    @Test
    void refusesKeysThatAreGivenTwice() {
        assertThat(problems("pipeline: a\nsource:\n  connector: store\n  path: x\n  path: y\npipeline: b"))
                .containsExactly(
                        "p.yaml:5: source.path: is given twice, first in line 4; remove one",
                        "p.yaml:6: pipeline: is given twice, first in line 1; remove one");
    }

    @Test
    void followsAliases() {
        Plan plan = Pipelines.plan("""
                pipeline: a
                source: &store { connector: store, path: in }
                sinks: [*store, { connector: fire }]
                """);
        assertThat(plan.nodes()).extracting(PlanNode::id).containsExactly("store", "store-2", "fire");
    }

    @Test
    void survivesHostileAliasesAndNesting() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(problems(bomb.toString()))
                .containsExactly("p.yaml:15: unfolds to more than 100000 values");
        assertThat(problems("a: &a [*a]"))
                .containsExactly("p.yaml:1: has the alias '*a' without an anchor '&a' before it; quote the value if it is"
                        + " plain text");
        String deep = "[".repeat(100_000);
        assertThat(problems("a: " + deep)).containsExactly("p.yaml:1: is nested more than 64 levels deep");
        assertThat(problems("a: " + "- ".repeat(1000))).hasSize(1);
    }

    @Test
    void fillsInVariables() {
        Map<String, String> environment = Map.of("DIR", "/data", "EMPTY", "", "N", "3");
        assertThat(source("  path: ${DIR}/in\n  glob: \"${GLOB:-*.md}-${EMPTY}\"\n  depth: ${N}", environment))
                .contains("path=/data/in", "glob=*.md-", "depth=3");
        assertThat(source("  path: ${EMPTY:-other}\n  glob: $${DIR} $DIR", environment))
                .contains("path=other", "glob=${DIR} $DIR");
        assertThat(source("  path: x\n  any: [\"${DIR}\", { a: \"${N}\" }]", environment))
                .contains("any=[/data, {a=3}]");
    }

    @Test
    void fillsInNoSecretReferences() {
        assertThat(source("  path: x\n  password: secret://env/ABSENT", Map.of())).contains("password=***");
    }

    @Test
    void namesVariablesThatAreNotSetWithTheirLine() {
        assertThat(problems("pipeline: ${NAME}\nsource:\n  connector: store\n  path: ${DIR}/${1}/${open"))
                .containsExactly(
                        "p.yaml:1: pipeline: needs the environment variable 'NAME', which is not set; set it, or write"
                                + " ${NAME:-default}",
                        "p.yaml:4: source.path: needs the environment variable 'DIR', which is not set; set it, or write"
                                + " ${DIR:-default}",
                        "p.yaml:4: source.path: has '${1}', and '1' is not the name of a variable; write ${NAME} or"
                                + " ${NAME:-default}, or '$${' for the text itself",
                        "p.yaml:4: source.path: has '${' without '}'; close it, or write '$${' for the text itself");
    }

    @Test
    void setsValuesFromOutside() {
        assertThat(config(Pipelines.plan(COPY, "source.path=/other", "source.glob=**/*.md", "source.any=[1, {a: b}]")))
                .contains("path=/other", "glob=**/*.md", "any=[1, {a=b}]");
        assertThat(Pipelines.plan(COPY, "runtime.workers=4").runtime().workers())
                .isEqualTo(4);
        assertThat(config(Pipelines.plan(COPY, "source.glob="))).contains("glob=,");
        assertThat(config(Pipelines.plan(COPY, "source.glob=${HOME}=x"))).contains("glob=${HOME}=x");
    }

    @Test
    void findsSingleStepsByListPathsAndTheOtherWayRound() {
        assertThat(config(Pipelines.plan(COPY, "sources.0.path=/a"))).contains("path=/a");
        String lists = """
                pipeline: copy
                sources: [{ connector: store, path: in }]
                transforms: [{ chunk: { field: a } }]
                sinks: [{ connector: fire }]
                """;
        assertThat(config(Pipelines.plan(lists, "source.path=/b"))).contains("path=/b");
        assertThat(config(Pipelines.plan(lists, "sources.0.path=/c", "transforms.0.chunk.field=b")))
                .contains("path=/c");
    }

    @Test
    void refusesOverridesThatLeadNowhere() {
        assertThat(problems(COPY, "surce.path=x", "sinks.1.path=x", "source.path.x=y", "nothing", "=secret"))
                .containsExactly(
                        "--set: surce: is not a key of a pipeline; did you mean 'source'?",
                        "--set: sinks.1: there is no 'sinks'; add the step to the pipeline file",
                        "--set: source.path.x: leads into 'source.path', which is a single value; set 'source.path' itself",
                        "--set: an override has no key; write key.path=value",
                        "--set: an override has no key; write key.path=value");
        assertThat(problems(COPY + "transforms: [bare]", "transforms.1.bare=x", "transforms.x=1"))
                .containsExactly(
                        "--set: transforms.1: 'transforms' has no item '1'; use a number from 0 to 0",
                        "--set: transforms.x: 'transforms' has no item 'x'; use a number from 0 to 0");
        assertThat(problems(COPY, "source.paht=x"))
                .containsExactly("--set: source.paht: is not a setting here; did you mean 'path'?");
        assertThat(problems(COPY, "source.any=[x")).hasSize(1).first().asString().startsWith("--set source.any");
    }

    @Test
    void keepsOverriddenValuesOutOfLines() {
        assertThat(problems(COPY, "source.depth=many"))
                .containsExactly("--set: source.depth: expected a whole number, found 'many'");
    }

    @Test
    void knowsTheLineOfKeysWithDotsInThem() {
        assertThat(problems("""
                pipeline: a
                source:
                  connector: store
                  path: in
                  any:
                    a.b: 1
                    a.b.c:
                sink: { connector: fire }
                """))
                .containsExactly("p.yaml:7: source.any.a.b.c: has no value; give one or remove the key");
    }

    @Test
    void readsManyKeysQuickly() {
        String wide = "pipeline: a\nsource: { connector: store, path: x, any: ["
                + String.join(",", Collections.nCopies(50_000, "1")) + "] }\nsink: { connector: fire }";
        assertThat(problems(wide)).isEmpty();
    }
}
