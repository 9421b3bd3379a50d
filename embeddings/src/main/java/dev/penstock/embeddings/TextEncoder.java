package dev.penstock.embeddings;

import java.util.Arrays;

/**
 * Makes texts into what the network takes: prompt before, special tokens around, cut off at the maximum length.
 *
 * <p>Safe for use by several threads.
 */
final class TextEncoder {
    /** A text is looked at in steps of this many characters a token: nearly always the first one is enough. */
    private static final int CHARACTERS_PER_TOKEN = 16;

    private final TextTokenizer tokenizer;
    private final String prompt;
    private final int maxTokens;
    private final int emptyLength;
    private final int trailing;

    /**
     * @param prompt what is put before each text
     * @param maxTokens the most tokens, special ones included
     */
    TextEncoder(TextTokenizer tokenizer, String prompt, int maxTokens) {
        this.tokenizer = tokenizer;
        this.prompt = prompt;
        this.maxTokens = maxTokens;
        this.emptyLength = tokenizer.encode(prompt).length;
        this.trailing = trailingSpecialTokens(tokenizer);
        if (maxTokens <= emptyLength) {
            throw ModelProblem.unusable(
                    "Cannot cut texts at " + maxTokens + " tokens: prompt and special tokens alone are " + emptyLength,
                    "raise max-tokens");
        }
    }

    /** What stands behind every text, found by comparing two of them. */
    private static int trailingSpecialTokens(TextTokenizer tokenizer) {
        long[] one = tokenizer.encode("a");
        long[] other = tokenizer.encode("7");
        int same = 0;
        while (same < one.length
                && same < other.length
                && one[one.length - 1 - same] == other[other.length - 1 - same]) {
            same++;
        }
        return same;
    }

    /** The tokens of {@code text}. A text without any of its own, such as spaces, is {@link TokenizedText#NOTHING}. */
    TokenizedText encode(String text) {
        int step = maxTokens * CHARACTERS_PER_TOKEN;
        for (int limit = step; ; limit = limit * 2) {
            int end = wordEnd(text, limit);
            long[] ids = tokenizer.encode(prompt + text.substring(0, end));
            boolean all = end == text.length();
            if (all || ids.length > maxTokens) {
                return ids.length <= emptyLength ? TokenizedText.NOTHING : cut(ids);
            }
        }
    }

    /** The last place up to {@code limit} where no word is cut; the end of the text if there is none. */
    private static int wordEnd(String text, int limit) {
        if (limit <= 0 || limit >= text.length()) {
            return text.length();
        }
        for (int end = limit; end > limit / 2; end--) {
            if (Character.isWhitespace(text.charAt(end))) {
                return end;
            }
        }
        return text.length();
    }

    private TokenizedText cut(long[] ids) {
        if (ids.length <= maxTokens) {
            return new TokenizedText(ids, false);
        }
        long[] kept = Arrays.copyOf(ids, maxTokens);
        System.arraycopy(ids, ids.length - trailing, kept, maxTokens - trailing, trailing);
        return new TokenizedText(kept, true);
    }
}
