package dev.penstock.embeddings;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Cuts texts into the tokens of a model.
 *
 * <p>The library's own classes copy eight arrays a text, of which we need one; so the texts go straight to its native
 * layer. Safe for use by several threads, until it is closed.
 */
final class TextTokenizer implements AutoCloseable {
    private static final TokenizersLibrary NATIVE = TokenizersLibrary.LIB;

    static {
        // Otherwise the library asks the network which cloud it runs in, and looks for graphics cards.
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
    }

    private final HuggingFaceTokenizer tokenizer;

    private TextTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** A tokenizer that gives all tokens of a text, however many. */
    static TextTokenizer open(ModelFile file) {
        try {
            TokenizersStart.start();
            // What tokenizer.json says of length and padding is about how it was exported, not about the model.
            Map<String, String> options = Map.of("truncation", "false", "padding", "false");
            return new TextTokenizer(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(file.readAll()), options));
        } catch (IOException | RuntimeException e) {
            throw ModelProblem.unusable(
                    "Cannot load tokenizer '" + file + "'", "restore tokenizer.json from the model's source", e);
        } catch (LinkageError e) {
            throw ModelProblem.unusable(
                    "Cannot load the native library of tokenizers",
                    "use a platform it is made for, and let it unpack to the home or temporary directory",
                    e);
        }
    }

    /** The token ids of {@code text}, framed by the model's special tokens. */
    long[] encode(String text) {
        long encoding = NATIVE.encode(tokenizer.getHandle(), wellFormed(text), true);
        try {
            return NATIVE.getTokenIds(encoding);
        } finally {
            NATIVE.deleteEncoding(encoding);
        }
    }

    /** The number of tokens of {@code text} itself. */
    int count(String text) {
        long encoding = NATIVE.encode(tokenizer.getHandle(), wellFormed(text), false);
        try {
            return NATIVE.getTokenIds(encoding).length;
        } finally {
            NATIVE.deleteEncoding(encoding);
        }
    }

    /** Where each token of {@code text} starts, as an index of its characters; ascending. */
    int[] starts(String text) {
        String wellFormed = wellFormed(text);
        long encoding = NATIVE.encode(tokenizer.getHandle(), wellFormed, false);
        try {
            CharSpan[] spans = NATIVE.getTokenCharSpans(encoding);
            int[] starts = new int[spans.length];
            int count = 0;
            for (CharSpan span : spans) {
                if (span != null) {
                    starts[count++] = span.getStart();
                }
            }
            return toCharacters(wellFormed, Arrays.copyOf(starts, count));
        } finally {
            NATIVE.deleteEncoding(encoding);
        }
    }

    // The library counts code points.
    private static int[] toCharacters(String text, int[] starts) {
        if (text.codePointCount(0, text.length()) == text.length()) {
            return starts;
        }
        int codePoint = 0;
        int character = 0;
        for (int i = 0; i < starts.length; i++) {
            character = text.offsetByCodePoints(character, starts[i] - codePoint);
            codePoint = starts[i];
            starts[i] = character;
        }
        return starts;
    }

    /** {@code text} without halves of surrogate pairs, on which the native library would end the process. */
    static String wellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isPair(text, i)) {
                    i++;
                } else {
                    return repaired(text);
                }
            }
        }
        return text;
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
