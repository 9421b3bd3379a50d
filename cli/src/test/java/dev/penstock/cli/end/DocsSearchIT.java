package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The two commands of the README on a copy of the guide, one run after the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DocsSearchIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String PIPELINE = "examples/docs-search/pipeline.yaml";

    @TempDir
    static Path copy;

    private static Distribution.Ended run() {
        Distribution.Ended run = Distribution.run(copy, "run", PIPELINE, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static Distribution.Ended query(String text, String... more) {
        String[] command = Stream.concat(Stream.of("query", PIPELINE, text), Stream.of(more))
                .toArray(String[]::new);
        Distribution.Ended query = Distribution.run(copy, command);
        assertThat(query.exitCode()).as(query.err()).isZero();
        return query;
    }

    @Test
    @Order(1)
    void makesTheGuideSearchable() throws IOException {
        copyTree("docs/guide");
        copyTree("examples/docs-search");
        assertThat(run().out())
                .contains("\"changed\":0,\"removed\":0,\"unchanged\":0")
                .doesNotContain("\"new\":0");
        assertThat(copy.resolve("build/docs-search/docs.lance")).isDirectory();
    }

    @Test
    @Order(2)
    void findsThePageThatAnswersTheQuestion() {
        Distribution.Ended query = query("how do I resume after a crash", "-k", "5");
        assertThat(query.out()).contains("1. 0.", "5. 0.", "guide/operations.md", "Resume after a crash");
    }

    @Test
    @Order(3)
    void filtersWhatItFinds() {
        assertThat(query("how do I resume after a crash", "--filter", "path LIKE '%concepts.md'")
                        .out())
                .contains("concepts.md")
                .doesNotContain("operations.md");
    }

    @Test
    @Order(4)
    void leavesUnchangedDocumentsAlone() {
        assertThat(run().out()).contains("\"new\":0,\"changed\":0,\"removed\":0", "\"rows\":0");
    }

    @Test
    @Order(5)
    void replacesWhatChangedAndForgetsWhatIsGone() throws IOException {
        Files.writeString(
                copy.resolve("docs/guide/concepts.md"), "# Zebras\n\nThe zebra wears black and white stripes.\n");
        Files.delete(copy.resolve("docs/guide/operations.md"));
        Files.writeString(copy.resolve("docs/guide/new.md"), "# Volcano\n\nLava flows down the slope of a volcano.\n");
        assertThat(run().out()).contains("\"new\":1,\"changed\":1,\"removed\":1");
        assertThat(query("striped animals of Africa", "-k", "1").out()).contains("concepts.md", "Zebras");
        String everything =
                query("what is an epoch, and molten rock", "-k", "500").out();
        assertThat(everything).contains("new.md").doesNotContain("operations.md");
        assertThat(everything.split("guide/concepts.md", -1))
                .as("chunks of the changed page")
                .hasSize(2);
    }

    private static void copyTree(String place) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(place))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(ROOT.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
