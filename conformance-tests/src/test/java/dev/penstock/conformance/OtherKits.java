package dev.penstock.conformance;

import dev.penstock.conformance.rule.Group;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the rules kits elsewhere try, as tables for people; from {@code other-kits.txt}. */
final class OtherKits {
    private static final List<String> KITS =
            List.of("Flink", "Conduit", "Airbyte", "Trino", "Benthos", "Reactive Streams");
    private static final List<Tried> TRIED = lines("other-kits.txt")
            .filter(line -> !line.startsWith("#"))
            .map(Tried::parse)
            .toList();
    private static final List<String> RULES = lines("rule-ids.txt").toList();

    private OtherKits() {}

    /** What one test elsewhere tries of one rule. */
    record Tried(String rule, String kit, String test, String what, boolean whole) {
        static Tried parse(String line) {
            String[] cells = line.split(" \\| ", -1);
            boolean whole = cells[0].startsWith("=");
            return new Tried(whole ? cells[0].substring(1) : cells[0], cells[1], cells[2], cells[3], whole);
        }
    }

    static List<Tried> tried() {
        return TRIED;
    }

    static List<String> rules() {
        return RULES;
    }

    static List<String> kits() {
        return KITS;
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = OtherKits.class.getResourceAsStream("/" + resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row for each group, a column for each kit: how many of our rules it tries. */
    static String groups() {
        Stream<String> rows = Arrays.stream(Group.values())
                .map(group -> row(group.prefix() + " " + group, rule -> rule.startsWith(group.prefix() + "-")));
        return Stream.concat(
                        Stream.of(
                                cells("group", "rules", KITS.stream(), "any of them"),
                                "|---|" + "---:|".repeat(KITS.size() + 2)),
                        Stream.concat(rows, Stream.of(row("all", rule -> true))))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(String name, Predicate<String> chosen) {
        return cells(
                name,
                String.valueOf(RULES.stream().filter(chosen).count()),
                KITS.stream().map(kit -> count(chosen, kit::equals)),
                count(chosen, kit -> true));
    }

    private static String count(Predicate<String> rules, Predicate<String> kits) {
        return String.valueOf(TRIED.stream()
                .filter(tried -> rules.test(tried.rule) && kits.test(tried.kit))
                .map(Tried::rule)
                .distinct()
                .count());
    }

    private static String cells(String first, String second, Stream<String> kits, String last) {
        return Stream.concat(Stream.concat(Stream.of(first, second), kits), Stream.of(last))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** A row for each line: which test stands behind a number. */
    static String evidence() {
        return TRIED.stream()
                .map(tried -> String.format(
                        Locale.ROOT,
                        "| %s | %s | `%s` | %s%s |",
                        tried.kit,
                        tried.rule,
                        tried.test.replace(", ", "`, `"),
                        tried.whole ? "all of it: " : "",
                        tried.what))
                .collect(Collectors.joining(
                        "\n", "| kit | rule | test | what of the rule |\n|---|---|---|---|\n", "\n"));
    }
}
