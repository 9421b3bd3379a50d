package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkerTest {
    private static final int MAX_TOKENS = 60;
    private static final int OVERLAP = 12;
    private static final Pattern WORD = Pattern.compile("\\b[a-z]+(\\d+)\\b");
    private static TextTokenizer tokenizer;
    private static Chunker chunker;

    @BeforeAll
    static void open() {
        tokenizer = TextTokenizer.open(TestModels.find(TestModels.QUANTISED).tokenizer());
        chunker = new Chunker(tokenizer, new ChunkLimits(MAX_TOKENS, OVERLAP), Syntax.MARKDOWN);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void holdsEveryWordInOrderAndNeverTooManyTokens(long seed) {
        RandomDocument document = new RandomDocument(seed);
        List<Chunk> chunks = chunker.chunk(document.text());
        assertThat(chunks).allMatch(chunk -> tokenizer.count(chunk.text()) <= MAX_TOKENS);
        List<Integer> numbers = numbers(chunks);
        assertThat(new TreeSet<>(numbers))
                .containsExactlyElementsOf(
                        IntStream.range(0, document.words()).boxed().toList());
        List<Integer> firsts = chunks.stream()
                .map(chunk -> numbers(List.of(chunk)))
                .filter(found -> !found.isEmpty())
                .map(found -> found.get(found.size() - 1))
                .toList();
        assertThat(firsts).isSorted();
    }

    private static List<Integer> numbers(List<Chunk> chunks) {
        List<Integer> numbers = new ArrayList<>();
        for (Chunk chunk : chunks) {
            Matcher matcher = WORD.matcher(chunk.text());
            while (matcher.find()) {
                numbers.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return numbers;
    }

    static List<String> hostile() {
        return List.of(
                "x".repeat(1 << 20),
                "🙂".repeat(1 << 16),
                "word ".repeat(1 << 15),
                "```\n".repeat(10_001),
                "# a\n".repeat(10_000),
                "<!--\n".repeat(50_000),
                "<!--\n".repeat(50_000) + "--> x",
                "|a|\n".repeat(10_000),
                "|a|b|\n|---|---|\n" + "|1|2|\n".repeat(10_000),
                "- \n".repeat(10_000),
                "> ".repeat(50_000),
                "[".repeat(50_000),
                "# " + "[a](b".repeat(50_000),
                "---\n" + "a: b\n".repeat(10_000),
                "\u0000".repeat(1000) + "\ud83d\ud83d",
                " ".repeat(1 << 20),
                "\n".repeat(1 << 20),
                "数据".repeat(1 << 14),
                "");
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String text) {
        List<Chunk> chunks = chunker.chunk(text);
        assertThat(chunks)
                .allMatch(chunk -> tokenizer.count(chunk.text()) <= MAX_TOKENS
                        && !chunk.text().isBlank());
        assertThat(chunks.stream().mapToLong(chunk -> chunk.text().length()).sum())
                .isLessThanOrEqualTo(text.length() * 2L + 100);
    }

    @Test
    void namesTheHeadingsAboveAndParentsStartWithTheirFirstChild() {
        List<Chunk> chunks = chunker.chunk("# Guide\n\n## Install\n\n" + sentences(0, 8) + "\n\n### From source\n\n"
                + sentences(100, 8) + "\n\n## Run\n\n" + sentences(200, 8));
        assertThat(chunks)
                .extracting(Chunk::heading)
                .containsExactly("Guide > Install", "Guide > Install > From source", "Guide > Run");
        assertThat(chunks.get(0).text()).startsWith("# Guide\n\n## Install\n\nThe");
        assertThat(chunks.get(2).text()).startsWith("## Run");
    }

    @Test
    void joinsSectionsThatAreTooSmallToStandAlone() {
        List<Chunk> chunks =
                chunker.chunk("# Options\n\n## First\n\nIs one.\n\n## Second\n\nIs two.\n\n# Other\n\nEnd.");
        assertThat(chunks).extracting(Chunk::heading).containsExactly("Options", "Other");
        assertThat(chunks.get(0).text()).contains("Is one.", "## Second", "Is two.");
    }

    @Test
    void repeatsWholeSentencesUpToTheOverlap() {
        List<Chunk> chunks = chunker.chunk(sentences(0, 40));
        for (int i = 1; i < chunks.size(); i++) {
            List<Integer> before = numbers(List.of(chunks.get(i - 1)));
            List<Integer> here = numbers(List.of(chunks.get(i)));
            assertThat(here.get(0)).isLessThanOrEqualTo(before.get(before.size() - 1));
            assertThat(chunks.get(i).text()).startsWith("The ").endsWith(".");
        }
    }

    @Test
    void repeatsNothingWithoutOverlap() {
        Chunker plain = new Chunker(tokenizer, new ChunkLimits(MAX_TOKENS, 0), Syntax.MARKDOWN);
        assertThat(numbers(plain.chunk(sentences(0, 40)))).doesNotHaveDuplicates();
    }

    @Test
    void doesNotCutCodeThatFits() {
        String code = "```sql\nSELECT a, b\nFROM t\nWHERE c = 1;\n```";
        List<Chunk> chunks = chunker.chunk(sentences(0, 5) + "\n\n" + code + "\n\n" + sentences(100, 5));
        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(chunks)
                .filteredOn(chunk -> chunk.text().contains("SELECT"))
                .isNotEmpty()
                .allMatch(chunk -> chunk.text().contains(code));
    }

    @Test
    void repeatsTheHeaderOfATableThatIsCut() {
        String rows =
                IntStream.range(0, 30).mapToObj(i -> "| row" + i + " | on |\n").collect(Collectors.joining());
        List<Chunk> chunks = chunker.chunk("| Name | Default |\n|---|---|\n" + rows);
        assertThat(chunks)
                .hasSizeGreaterThan(2)
                .allMatch(chunk -> chunk.text().startsWith("| Name | Default |\n|---|---|\n| row"));
        assertThat(numbers(chunks))
                .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
    }

    @Test
    void cutsListsBetweenItems() {
        String items = IntStream.range(0, 12)
                .mapToObj(i -> "* item" + i + " has a few words to say here\n")
                .collect(Collectors.joining());
        List<Chunk> chunks = new Chunker(tokenizer, new ChunkLimits(MAX_TOKENS, 0), Syntax.MARKDOWN).chunk(items);
        assertThat(chunks).hasSizeGreaterThan(1).allMatch(chunk -> chunk.text().startsWith("* item"));
    }

    @Test
    void leavesChunksOfOtherSectionsAsTheyWere() {
        String before = "# A\n\n" + sentences(0, 30) + "\n\n";
        String after = "\n\n# C\n\n" + sentences(500, 30);
        List<String> old = texts(before + "# B\n\n" + sentences(200, 12) + after);
        List<String> changed = texts(before + "# B\n\nNew first words. " + sentences(200, 14) + after);
        List<String> kept = old.stream().filter(changed::contains).toList();
        assertThat(kept).containsAll(texts(before)).containsAll(texts(after));
    }

    @Test
    void anAppendedLineChangesOnlyTheLastChunks() {
        List<String> old = texts(sentences(0, 200));
        List<String> changed = texts(sentences(0, 201));
        assertThat(changed).containsAll(old.subList(0, old.size() - 3));
    }

    private static List<String> texts(String document) {
        return chunker.chunk(document).stream().map(Chunk::text).toList();
    }

    private static String sentences(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "The value is n" + i + ".")
                .collect(Collectors.joining(" "));
    }

    /** A document of all kinds of blocks whose words are numbered. */
    private static final class RandomDocument {
        private final Random random;
        private final StringBuilder text = new StringBuilder();
        private int words;

        RandomDocument(long seed) {
            random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                block();
            }
        }

        String text() {
            return text.toString();
        }

        int words() {
            return words;
        }

        private void block() {
            switch (random.nextInt(7)) {
                case 0 ->
                    text.append("#".repeat(1 + random.nextInt(4))).append(' ').append(line(3));
                case 1 ->
                    text.append("```\n").append(lines(random.nextInt(30), "")).append("```\n");
                case 2 -> text.append("|a|b|\n|---|---|\n").append(lines(random.nextInt(20), "| "));
                case 3 -> text.append(lines(1 + random.nextInt(10), "- "));
                case 4 -> text.append("<!-- hidden -->\n");
                default -> text.append(lines(1 + random.nextInt(6), ""));
            }
            text.append(random.nextInt(4) == 0 ? "" : "\n");
        }

        private String lines(int count, String prefix) {
            return IntStream.range(0, count).mapToObj(i -> prefix + line(12)).collect(Collectors.joining());
        }

        private String line(int most) {
            String[] line = new String[1 + random.nextInt(most)];
            Arrays.setAll(line, i -> word());
            return String.join(" ", line) + (random.nextBoolean() ? ".\n" : " |\n");
        }

        private String word() {
            String[] stems = {"w", "data", "snapshot", "x".repeat(40)};
            return stems[random.nextInt(stems.length)] + words++;
        }
    }
}
