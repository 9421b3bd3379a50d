package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextEncoderTest {
    private static final int SEPARATOR = 102;
    private static TextTokenizer tokenizer;

    @BeforeAll
    static void open() {
        tokenizer = TextTokenizer.open(TestModels.find(TestModels.QUANTISED).tokenizer());
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private static TextEncoder encoder(String prompt, int maxTokens) {
        return new TextEncoder(tokenizer, prompt, maxTokens);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15})
    void cutsOffOnlyWhatIsTooLong(int words) {
        TokenizedText text = encoder("", 16).encode("word ".repeat(words));
        assertThat(text.length()).isEqualTo(Math.min(16, words + 2));
        assertThat(text.truncated()).isEqualTo(words > 14);
        assertThat(text.ids()).endsWith(SEPARATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " \t\r\n ", "\u0000", "\u0007\u0001", "\u200b"})
    void findsNothingInTextsWithoutTokens(String text) {
        assertThat(encoder("", 16).encode(text)).isSameAs(TokenizedText.NOTHING);
        assertThat(encoder("passage: ", 16).encode(text)).isSameAs(TokenizedText.NOTHING);
    }

    @Test
    void givesTheSameForAHugeTextAsForItsBeginning() {
        String beginning = "Rows are written exactly once, and never twice. ".repeat(100);
        String huge = beginning + "x".repeat(1 << 20) + " and more words ".repeat(1 << 16);
        assertThat(encoder("", 256).encode(huge).ids())
                .isEqualTo(encoder("", 256).encode(beginning).ids());
    }

    @Test
    void takesOneEndlessWord() {
        assertThat(encoder("", 256).encode("x".repeat(1 << 20)).length()).isEqualTo(3);
    }

    @Test
    void putsThePromptBeforeTheText() {
        assertThat(encoder("query: ", 32).encode("hello").ids()).isEqualTo(tokenizer.encode("query: hello"));
    }

    @Test
    void refusesAPromptThatLeavesNoRoom() {
        assertThatThrownBy(() -> encoder("a prompt of many words ", 7))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("raise max-tokens");
    }
}
