package dev.penstock.spi.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings as written become typed values, or all their problems at once. */
final class ConfigSpecTest {
    private enum Mode {
        APPEND,
        FULL_UPSERT
    }

    private static final ConfigKey<Path> PATH =
            ConfigKey.path("path", "Where it is").require().example("./data");
    private static final ConfigKey<Integer> ROWS =
            ConfigKey.integer("roll-rows", "How many").defaultValue(1000).min(1).max(5000);
    private static final ConfigKey<Long> SIZE =
            ConfigKey.size("roll-size", "How large").defaultValue("1MiB").max(1 << 21);
    private static final ConfigKey<Duration> EVERY =
            ConfigKey.duration("every", "How often").min(10).formerly("interval");
    private static final ConfigKey<Mode> MODE =
            ConfigKey.choice("mode", Mode.class, "How").defaultValue(Mode.APPEND);
    private static final ConfigKey<List<String>> KEY = ConfigKey.strings("key", "By what");
    private static final ConfigKey<Secret> PASSWORD = ConfigKey.secret("password", "Hidden");
    private static final ConfigKey<String> USER = ConfigKey.string("user", "Who");

    private static final ConfigSpec SPEC = ConfigSpec.builder()
            .keys(PATH, ROWS, SIZE, EVERY, MODE, KEY, PASSWORD, USER)
            .together(USER, PASSWORD)
            .whenRequire(MODE, Mode.FULL_UPSERT, KEY)
            .whenForbid(MODE, Mode.APPEND, KEY)
            .build();

    private static Map<String, @Nullable Object> written(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("path", "./data");
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    private static List<String> problems(@Nullable Object... pairs) {
        return texts(SPEC.parse(written(pairs)));
    }

    private static List<String> texts(ConfigSpec.Parsed parsed) {
        return parsed.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void fillsInDefaults() {
        Config config = SPEC.parse(written()).orThrow();
        assertThat(config.get(PATH)).isEqualTo(Path.of("./data"));
        assertThat(config.get(ROWS)).isEqualTo(1000);
        assertThat(config.get(SIZE)).isEqualTo(1L << 20);
        assertThat(config.get(MODE)).isEqualTo(Mode.APPEND);
        assertThat(config.find(EVERY)).isEmpty();
    }

    @Test
    void readsEachType() {
        Config config = SPEC.parse(written(
                        "roll-rows", 7, "roll-size", "2 MiB", "every", "5m", "mode", "full-upsert", "key", "id"))
                .orThrow();
        assertThat(config.get(ROWS)).isEqualTo(7);
        assertThat(config.get(SIZE)).isEqualTo(2L << 20);
        assertThat(config.get(EVERY)).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.get(MODE)).isEqualTo(Mode.FULL_UPSERT);
        assertThat(config.get(KEY)).containsExactly("id");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThat(texts(SPEC.parse(Map.of("rol-rows", 1, "roll-size", "3MiB", "mode", "append-only"))))
                .containsExactlyInAnyOrder(
                        "rol-rows: is not a setting here; did you mean 'roll-rows'?",
                        "roll-size: is 3145728, out of range; give at most 2097152 bytes",
                        "mode: 'append-only' is not a choice; use one of: append, full-upsert",
                        "path: is missing; give it, for example ./data");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "5000, true", "5001, false"})
    void holdsNumbersToTheirBounds(int rows, boolean allowed) {
        assertThat(SPEC.parse(written("roll-rows", rows)).config().isPresent()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"9ms, false", "10ms, true"})
    void holdsDurationsToTheirBounds(String every, boolean allowed) {
        assertThat(SPEC.parse(written("every", every)).config().isPresent()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Append", "APPEND", "full_upsert", ""})
    void takesNoVariantOfAChoice(String mode) {
        assertThat(problems("mode", mode)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "roll-rows, 1.5, 'expected a whole number, found ''1.5'''",
        "roll-rows, 3000000000, 'expected a whole number below 2^31, found ''3000000000'''",
        "roll-rows, many, 'expected a whole number, found ''many'''",
        "every, 5 parsecs, 'expected a duration such as 500ms, 10s, 5m or 1h, found ''5 parsecs'''",
        "every, 10, 'expected a duration such as 500ms, 10s, 5m or 1h, found ''10'''",
        "roll-size, -1, 'expected a size such as 512KiB, 64MiB or 1GB, found ''-1'''",
        "password, secret://vault/x, 'expected secret://env/NAME or secret://file/PATH'"
    })
    void saysWhatWasExpected(String key, String value, String problem) {
        assertThat(problems(key, value)).contains(key + ": " + problem);
    }

    @Test
    void refusesAKeyWithoutAValue() {
        assertThat(problems("every", null)).containsExactly("every: has no value; give one, or remove the key");
        assertThat(problems("user", null, "password", "x"))
                .containsExactly("user: has no value; give one, or remove the key");
    }

    @Test
    void refusesNothingInAList() {
        assertThat(problems("mode", "full-upsert", "key", Arrays.asList("id", null)))
                .containsExactly("key: expected a value, found nothing");
    }

    @Test
    void refusesAMappingInThePlaceOfAValue() {
        assertThat(problems("user", Map.of("a", "b"), "password", "x"))
                .containsExactly("user: expected one value, found a mapping");
    }

    @Test
    void refusesAnEmptyRequiredText() {
        ConfigSpec spec = ConfigSpec.of(ConfigKey.string("topic", "Which").require());
        assertThat(texts(spec.parse(Map.of("topic", " ")))).containsExactly("topic: is empty; give a value");
        ConfigSpec list = ConfigSpec.of(ConfigKey.strings("topics", "Which").require());
        assertThat(texts(list.parse(Map.of("topics", List.of()))))
                .containsExactly("topics: is an empty list; give at least one");
    }

    @Test
    void acceptsAFormerNameWithAWarning() {
        ConfigSpec.Parsed parsed = SPEC.parse(written("interval", "1s"));
        assertThat(parsed.orThrow().get(EVERY)).isEqualTo(Duration.ofSeconds(1));
        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isFalse();
            assertThat(problem).hasToString("interval: has been renamed; write 'every'");
        });
    }

    @Test
    void refusesAKeyAndItsFormerNameTogether() {
        assertThat(problems("every", "1s", "interval", "2s"))
                .contains("interval: gives 'every' a second time; remove one");
    }

    @Test
    void wantsTogetherWhatBelongsTogether() {
        assertThat(problems("user", "me")).containsExactly("password: is missing; give all or none of user, password");
        assertThat(problems("user", "me", "password", "x")).isEmpty();
    }

    @Test
    void wantsAndForbidsByTheValueOfAnotherKey() {
        assertThat(problems("mode", "full-upsert"))
                .containsExactly("key: is missing; if mode is full-upsert, give key");
        assertThat(problems("key", "id"))
                .containsExactly("key: means nothing here; if mode is append, do not give key");
    }

    @Test
    void wantsExactlyOneOrAtMostOne() {
        ConfigKey<String> a = ConfigKey.string("a", "One");
        ConfigKey<String> b = ConfigKey.string("b", "Other");
        ConfigSpec one = ConfigSpec.builder().keys(a, b).oneOf(a, b).build();
        ConfigSpec most = ConfigSpec.builder().keys(a, b).exclusive(a, b).build();
        String both = "b: cannot be given together with 'a'; remove one of them";
        assertThat(texts(one.parse(Map.of()))).containsExactly("a: is missing; give exactly one of a, b");
        assertThat(texts(one.parse(Map.of("a", 1)))).isEmpty();
        assertThat(texts(one.parse(Map.of("a", 1, "b", 2)))).containsExactly(both);
        assertThat(texts(most.parse(Map.of()))).isEmpty();
        assertThat(texts(most.parse(Map.of("a", 1, "b", 2)))).containsExactly(both);
    }

    @Test
    void readsASingleSettingWithoutItsName() {
        ConfigKey<String> expression = ConfigKey.string("expression", "What").require();
        ConfigSpec spec = ConfigSpec.single(expression);
        assertThat(spec.parse("a > 1").orThrow().get(expression)).isEqualTo("a > 1");
        assertThat(texts(spec.parse(Map.of("x", 1))))
                .containsExactly("expression: expected one value, found a mapping");
    }

    @Test
    void wantsAMapping() {
        assertThat(texts(SPEC.parse("text"))).singleElement().asString().startsWith("expected a mapping of settings");
    }

    @Test
    void hidesSecrets() {
        Config config = SPEC.parse(written("user", "me", "password", "hunter2")).orThrow();
        assertThat(config.toString()).contains("password=***").doesNotContain("hunter2");
    }

    @Test
    void readsMapsOfTexts() {
        ConfigKey<Map<String, String>> options = ConfigKey.stringMap("options", "More");
        ConfigSpec spec = ConfigSpec.of(options);
        assertThat(spec.parse(Map.of("options", Map.of("a", 1))).orThrow().get(options))
                .isEqualTo(Map.of("a", "1"));
        assertThat(texts(spec.parse(Map.of("options", Collections.singletonMap("a", null)))))
                .containsExactly("options: expected a value, found nothing");
        assertThat(texts(spec.parse(Map.of("options", "a=1")))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "NaN", "Infinity", ""})
    void takesOnlyFiniteNumbers(String number) {
        ConfigSpec spec = ConfigSpec.of(ConfigKey.of("share", ConfigType.NUMBER, "How much"));
        assertThat(texts(spec.parse(Map.of("share", number))))
                .containsExactly("share: expected a number, found '" + number + "'");
    }
}
