package dev.penstock.embeddings;

import java.util.Arrays;

/** Where the tokens of a document start; counting the tokens of any part of it costs two binary searches. */
final class TokenMap {
    /** Texts are tokenised in windows of this many characters, so that memory stays bounded. */
    private static final int WINDOW = 1 << 16;

    private final int[] starts;
    private final int length;

    private TokenMap(int[] starts, int length) {
        this.starts = starts;
        this.length = length;
    }

    static TokenMap of(String text, TextTokenizer tokenizer) {
        int[] starts = new int[Math.max(16, text.length() / 3)];
        int count = 0;
        for (int from = 0; from < text.length(); ) {
            int to = windowEnd(text, from);
            int[] found = tokenizer.starts(text.substring(from, to));
            if (count + found.length > starts.length) {
                starts = Arrays.copyOf(starts, Math.max(count + found.length, starts.length * 2));
            }
            for (int start : found) {
                starts[count++] = from + start;
            }
            from = to;
        }
        return new TokenMap(Arrays.copyOf(starts, count), text.length());
    }

    private static int windowEnd(String text, int from) {
        int limit = from + WINDOW;
        if (limit >= text.length()) {
            return text.length();
        }
        for (int end = limit; end > limit - WINDOW / 2; end--) {
            if (Character.isWhitespace(text.charAt(end))) {
                return end;
            }
        }
        return Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
    }

    /** The tokens that start from {@code from} (inclusive) to {@code to} (exclusive). */
    int count(int from, int to) {
        return index(to) - index(from);
    }

    /** The furthest place that has at most {@code tokens} tokens between {@code from} and itself. */
    int reach(int from, int tokens) {
        int index = index(from) + tokens;
        return index < starts.length ? starts[index] : length;
    }

    /** The first place from which at most {@code tokens} tokens start before {@code to}. */
    int reachBack(int to, int tokens) {
        int index = index(to) - tokens;
        return index <= 0 ? 0 : starts[index - 1] + 1;
    }

    private int index(int position) {
        int found = Arrays.binarySearch(starts, position);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && starts[found - 1] == position) {
            found--;
        }
        return found;
    }
}
