package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.format.records.Glob;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are partitions, and what these are called. */
final class DiscoveryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private void write(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "content of " + name.length() + "\n");
    }

    private List<String> ids(Object... settings) {
        try (FilesSource source = Reading.open(directory, settings)) {
            return source.discover(Duration.ofSeconds(10)).partitions().stream()
                    .map(Partition::id)
                    .toList();
        }
    }

    @Test
    void namesFilesByTheirPathBelowTheDirectory() throws IOException {
        write("data/b.txt");
        write("data/a/c.txt");
        assertThat(ids("path", "data")).containsExactly("a/c.txt", "b.txt");
        assertThat(ids("path", "data/b.txt")).containsExactly("b.txt");
    }

    @Test
    void leavesOutHiddenFilesAndDirectories() throws IOException {
        write(".hidden");
        write(".penstock/out/w0.part");
        write("a.txt");
        assertThat(ids("path", ".")).containsExactly("a.txt");
    }

    @Test
    void takesWhatAnyGlobMatches() throws IOException {
        write("a.md");
        write("sub/deep/b.md");
        write("sub/c.txt");
        write("sub/d.csv");
        assertThat(ids("path", ".", "glob", "**/*.md")).containsExactly("a.md", "sub/deep/b.md");
        assertThat(ids("path", ".", "glob", List.of("*.md", "sub/*.{txt,csv}")))
                .containsExactly("a.md", "sub/c.txt", "sub/d.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "*.md, a.md, true",
        "*.md, x/a.md, false",
        "**/*.md, a.md, true",
        "**/*.md, x/y/a.md, true",
        "x/**, x/y/a, true",
        "x/**/a, x/a, true",
        "x/**/a, xa, false",
        "a?c, abc, true",
        "a?c, a/c, false",
        "[a-c].txt, b.txt, true",
        "[!a-c].txt, b.txt, false",
        "a+(b).txt, a+(b).txt, true",
        "./a, a, true",
        "a.md, aXmd, false",
        "\\*, *, true",
        "\\*, a, false",
        "**, a/b, true"
    })
    void matchesGlobs(String glob, String path, boolean matches) {
        assertThat(Glob.of(List.of(glob)).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a", "{a,b"})
    void refusesAGlobThatIsNotClosed(String glob) {
        assertThatThrownBy(() -> Reading.open(directory, "path", ".", "glob", glob))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("glob: '" + glob + "' is not a glob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"with space.txt", "new\nline.txt", "Grüße 日本 😀.txt", "100%25.txt", "a%.txt", "-rf", "q?*[x].txt"
            })
    void readsFilesOfAnyName(String name) throws IOException {
        write(name);
        Reading reading = Reading.of(directory, "path", ".");
        assertThat(reading.records).containsExactly("content of " + name.length());
        assertThat(reading.partitions.keySet())
                .allSatisfy(id -> assertThat(id.chars()).noneMatch(Character::isISOControl));
    }

    @Test
    void tellsAnEscapedNameFromARealOne() throws IOException {
        write("a\nb");
        write("a%0Ab");
        assertThat(ids("path", ".")).containsExactlyInAnyOrder("a%0Ab", "a%250Ab");
    }

    @Test
    void cutsLongPathsToTheAllowedLengthAndKeepsThemApart() throws IOException {
        String deep = "d".repeat(120) + "/" + "e".repeat(120) + "/";
        write(deep + "a");
        write(deep + "b");
        assertThat(ids("path", "."))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).hasSize(Partition.MAX_ID_LENGTH));
        assertThat(Reading.of(directory, "path", ".").records).hasSize(2);
    }

    @Test
    void leavesOutLinksUnlessToldToFollowThem() throws IOException {
        write("data/a.txt");
        write("other/b.txt");
        Files.createSymbolicLink(directory.resolve("data/link"), directory.resolve("other"));
        Files.createSymbolicLink(directory.resolve("data/loop"), directory.resolve("data"));
        assertThat(ids("path", "data")).containsExactly("a.txt");
        assertThat(ids("path", "data", "follow-links", true)).containsExactly("a.txt", "link/b.txt");
    }

    @Test
    void followsTheLinkThatThePathIs() throws IOException {
        write("data/ä.txt");
        Files.createSymbolicLink(directory.resolve("current"), directory.resolve("data"));
        assertThat(Reading.of(directory, "path", "current").records).hasSize(1);
    }

    @Test
    void saysThatThePathIsMissing() {
        assertThatThrownBy(() -> ids("path", "missing"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("path: Cannot read '" + directory.resolve("missing")
                        + "': it does not exist; create it or correct 'path'");
    }

    @Test
    void findsTenThousandFilesWithoutASideEffect() throws IOException {
        for (int i = 0; i < 100; i++) {
            Path sub = Files.createDirectory(directory.resolve("d" + i));
            for (int j = 0; j < 100; j++) {
                Files.createFile(sub.resolve("f" + j));
            }
        }
        List<String> first = ids("path", ".");
        assertThat(first).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(ids("path", ".")).isEqualTo(first);
    }

    @Test
    void keepsRawNamesInDescriptors() {
        FileName name = new FileName("a%FFb");
        assertThat(name.shown()).isEqualTo("a%FFb");
        assertThat(FileName.ofDescriptor(name.descriptor())).isEqualTo(name);
        assertThat(new String(name.descriptor(), UTF_8)).isEqualTo("a%FFb");
    }
}
