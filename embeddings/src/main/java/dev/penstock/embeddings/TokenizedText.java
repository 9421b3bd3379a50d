package dev.penstock.embeddings;

/**
 * A text as the network takes it.
 *
 * @param ids the ids of its tokens; none if the text has nothing to embed
 * @param truncated whether it had more tokens than the model takes
 */
record TokenizedText(long[] ids, boolean truncated) {
    /** A text with nothing in it. */
    static final TokenizedText NOTHING = new TokenizedText(new long[0], false);

    boolean isEmpty() {
        return ids.length == 0;
    }

    int length() {
        return ids.length;
    }
}
