package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of cases in the design note on testing flows. */
final class CaseTableTest {
    private static final Path ROOT = Path.of("../..");
    private static final List<String> MODULES =
            List.of("engines/testing", "engines/dataflow", "engines/embedded", "connectors/files");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
    private static final Pattern NUMBERED = Pattern.compile("(?m)^ +/\\*\\* Case (\\d+)[.,;]");

    private final String note = text(ROOT.resolve("docs/design/084-testing-flows.md"));

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All test classes, by name; those that have one name are one. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file -> sources.merge(
                                String.valueOf(file.getFileName()).replace(".java", ""), text(file), String::concat));
            }
        }
        return sources;
    }

    @Test
    void namesTestsThatThereAre() throws IOException {
        Map<String, String> sources = tests();
        List<String> missing = new ArrayList<>();
        List<MatchResult> named = TEST.matcher(note).results().toList();
        for (MatchResult test : named) {
            if (!sources.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }
        assertThat(named).hasSizeGreaterThan(80);
        assertThat(missing).isEmpty();
    }

    @Test
    void hasARowForEachCaseThatATestNames() throws IOException {
        Set<Integer> rows = numbers(ROW, note);
        Set<Integer> tested = numbers(NUMBERED, String.join("\n", tests().values()));
        assertThat(rows).containsAll(tested).hasSize(20);
        assertThat(ROW.matcher(note).results())
                .allMatch(row -> TEST.matcher(row.group()).find());
    }

    private static Set<Integer> numbers(Pattern pattern, String text) {
        Set<Integer> numbers = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> numbers.add(Integer.valueOf(match.group(1))));
        return numbers;
    }
}
