package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextTokenizerTest {
    private static TextTokenizer tokenizer;

    @BeforeAll
    static void open() {
        tokenizer = TextTokenizer.open(TestModels.find(TestModels.QUANTISED).tokenizer());
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @Test
    void givesTheIdsOfTheModelsVocabulary() {
        assertThat(tokenizer.encode("Hello, world!")).containsExactly(101, 7592, 1010, 2088, 999, 102);
    }

    @Test
    void givesAllTokensHoweverManyTheTokenizersFileWasExportedFor() {
        assertThat(tokenizer.encode("word ".repeat(1000))).hasSize(1002);
        assertThat(tokenizer.count("word ".repeat(1000))).isEqualTo(1000);
    }

    @Test
    void countsCharactersWhereTokensStartAlsoBehindEmoji() {
        String text = "a 🙂 embedded 🙂🙂 b";
        assertThat(tokenizer.starts(text)).containsExactly(0, 2, 5, 14, 19);
        assertThat(text.substring(19)).isEqualTo("b");
    }

    @Test
    void survivesHalvesOfSurrogatePairs() {
        assertThat(TextTokenizer.wellFormed("a\ud83d b\ude42")).isEqualTo("a\ufffd b\ufffd");
        assertThat(TextTokenizer.wellFormed("a 🙂")).isEqualTo("a 🙂");
        assertThat(tokenizer.count("\ud83d")).isLessThanOrEqualTo(1);
    }

    @Test
    void namesTheFileThatIsNoTokenizer(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("tokenizer.json"), "{\"version\": 1");
        assertThatThrownBy(() -> TextTokenizer.open(ModelFile.of(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file.toString());
    }
}
