package dev.penstock.embeddings;

/**
 * What a chunk may hold.
 *
 * @param maxTokens the most tokens
 * @param overlap the most of them that repeat the chunk before
 */
record ChunkLimits(int maxTokens, int overlap) {
    /**
     * Some tokenizers make one token of a word however long, so that characters are limited too, far from where any
     * language gets.
     */
    private static final int MAX_CHARACTERS_PER_TOKEN = 20;

    int maxCharacters() {
        return Math.max(1, (int) Math.min(Integer.MAX_VALUE, (long) maxTokens * MAX_CHARACTERS_PER_TOKEN));
    }

    boolean fit(int tokens, int characters) {
        return tokens <= maxTokens && characters <= maxCharacters();
    }

    /**
     * Where to cut what goes from {@code from} to {@code end}: there if it fits, else behind a word if there is one.
     */
    int cut(String text, TokenMap tokens, int from, int end) {
        if (fit(tokens.count(from, end), end - from)) {
            return end;
        }
        int most = Math.min(end, Math.min(tokens.reach(from, maxTokens), from + maxCharacters()));
        for (int at = most; at > from + (most - from) / 2; at--) {
            if (Character.isWhitespace(text.charAt(at - 1)) && at < end) {
                return at;
            }
        }
        int cut = Character.isLowSurrogate(text.charAt(Math.min(most, text.length() - 1))) ? most - 1 : most;
        return cut > from ? cut : from + Character.charCount(text.codePointAt(from));
    }
}
