package dev.penstock.examples.directoryqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** If this fails, the code and the page that explains it have parted: mend docs/guide/connector-tutorial.md. */
final class TutorialTest {
    private static final Path PAGE = Path.of("../../docs/guide/connector-tutorial.md");
    private static final Pattern BLOCK = Pattern.compile("(<!-- (\\S+) -->\n)?```(\\w*)\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern LISTED = Pattern.compile("(?m)^([A-Z]{2}-\\d\\d) \\w+(?: on \\w+)?: (.+)$");
    private static final List<String> WITHOUT_FILE = List.of("", "sh");

    private static List<MatchResult> find(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE)).results().toList();
    }

    /** The lines that say something, without their indentation. */
    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static Path file(String name) throws IOException {
        try (Stream<Path> files = Files.find(Path.of(""), 12, (path, attributes) -> path.endsWith(name))) {
            return files.filter(path -> !path.startsWith("target")).findFirst().orElseThrow();
        }
    }

    @Test
    void everyExcerptNamesItsFile() throws IOException {
        assertThat(find(BLOCK))
                .filteredOn(block -> !WITHOUT_FILE.contains(block.group(3)))
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        block -> assertThat(block.group(2)).as(block.group(4)).isNotNull());
    }

    @TestFactory
    Stream<DynamicTest> everyExcerptIsInItsFile() throws IOException {
        return find(BLOCK).stream()
                .filter(block -> block.group(2) != null)
                .flatMap(block -> Stream.of(block.group(4).split("(?m)^(//|#) …$"))
                        .map(part -> DynamicTest.dynamicTest(
                                block.group(2) + ": " + lines(part).get(0),
                                () -> assertThat(lines(Files.readString(file(block.group(2)))))
                                        .containsSequence(lines(part)))));
    }

    @Test
    void rulesThatAreListedReadSo() throws IOException {
        List<String> sentences = RuleBook.rules().stream()
                .map(rule -> rule.id() + rule.sentence())
                .toList();
        assertThat(find(LISTED))
                .isNotEmpty()
                .allSatisfy(listed -> assertThat(sentences).contains(listed.group(1) + listed.group(2)));
    }

    @Test
    void rulesThatAreMentionedExist() throws IOException {
        assertThat(find(Pattern.compile("\\b[A-Z]{2}-\\d\\d\\b")))
                .allSatisfy(
                        id -> assertThat(RuleBook.rules()).extracting(Rule::id).contains(id.group()));
    }
}
