package dev.penstock.embeddings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts of about the same length that go through the network together.
 *
 * <p>On a CPU padding costs as much as text, and large batches gain nothing: so texts are sorted by length, and a batch
 * ends at {@link Device#paddedTokens}.
 *
 * @param rows which of the texts these are, the longest first
 * @param length the tokens of the longest one
 */
record LengthBatch(int[] rows, int length) {
    int size() {
        return rows.length;
    }

    /** Cuts {@code texts} into batches, the longest texts first; texts without tokens are in none. */
    static List<LengthBatch> cut(List<TokenizedText> texts, int paddedTokens) {
        int[] sorted = IntStream.range(0, texts.size())
                .filter(row -> !texts.get(row).isEmpty())
                .boxed()
                .sorted(Comparator.comparingInt((Integer row) -> -texts.get(row).length()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<LengthBatch> batches = new ArrayList<>();
        for (int start = 0; start < sorted.length; ) {
            int length = texts.get(sorted[start]).length();
            int end = Math.min(sorted.length, start + Math.max(1, paddedTokens / length));
            batches.add(new LengthBatch(Arrays.copyOfRange(sorted, start, end), length));
            start = end;
        }
        return batches;
    }
}
