package dev.penstock.embeddings;

import dev.penstock.embeddings.Unit.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cuts documents into chunks that fit a model.
 *
 * <p>Cuts, in this order of preference, at headings, between blocks, between items of a list, between sentences,
 * between words. Code and tables are cut only where they do not fit, tables then get their header again. Sections too
 * small to be understood alone are joined with their neighbours.
 */
final class Chunker {
    /** A chunk with less room than this part of it is counted again. */
    private static final int SURE_PART = 10;

    private final TextTokenizer tokenizer;
    private final ChunkLimits limits;
    private final Syntax syntax;

    Chunker(TextTokenizer tokenizer, ChunkLimits limits, Syntax syntax) {
        this.tokenizer = tokenizer;
        this.limits = limits;
        this.syntax = syntax;
    }

    /** The chunks of {@code document}, in order; none if there is nothing to read in it. */
    List<Chunk> chunk(String document) {
        String text = TextTokenizer.wellFormed(document);
        TokenMap tokens = TokenMap.of(text, tokenizer);
        DocumentBlocks.Parsed parsed = DocumentBlocks.parse(text, syntax);
        List<Chunk> chunks = new ArrayList<>();
        for (Section section : new Sections(tokens, limits.maxTokens()).of(parsed)) {
            String heading = HeadingText.path(section.path());
            List<Unit> units = Units.of(section, text, tokens, limits);
            for (List<Range> ranges : new Packing(text, tokens, limits, units).chunks()) {
                String chunk = join(text, ranges);
                if (surelyFits(text, tokens, ranges)) {
                    chunks.add(new Chunk(heading, chunk));
                } else {
                    addFitting(chunks, heading, chunk);
                }
            }
        }
        return chunks;
    }

    private static String join(String text, List<Range> ranges) {
        return ranges.stream()
                .map(range -> text.substring(range.start(), range.end()).stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Whether the tokens that were counted in the document are those of the chunk, near enough: tokens do not reach
     * over white space, so it is the ends within words that matter.
     */
    private boolean surelyFits(String text, TokenMap tokens, List<Range> ranges) {
        int count = 0;
        for (Range range : ranges) {
            count += tokens.count(range.start(), range.end());
            if (isInWord(text, range.start()) || isInWord(text, range.end())) {
                return false;
            }
        }
        return count > 0 && count <= limits.maxTokens() - limits.maxTokens() / SURE_PART;
    }

    private static boolean isInWord(String text, int at) {
        return at > 0
                && at < text.length()
                && !Character.isWhitespace(text.charAt(at - 1))
                && !Character.isWhitespace(text.charAt(at));
    }

    /**
     * Adds what is nearly always one chunk. A word that was cut may have more tokens in two pieces than in one, so what
     * counts is what the tokenizer says of the result.
     */
    private void addFitting(List<Chunk> chunks, String heading, String text) {
        if (text.isBlank()) {
            return;
        }
        if (tokenizer.count(text) <= limits.maxTokens() || text.codePointCount(0, text.length()) == 1) {
            chunks.add(new Chunk(heading, text));
            return;
        }
        int half = middle(text);
        addFitting(chunks, heading, text.substring(0, half).stripTrailing());
        addFitting(chunks, heading, text.substring(half));
    }

    private static int middle(String text) {
        int half = text.length() / 2;
        for (int at = half; at < text.length() - 1; at++) {
            if (Character.isWhitespace(text.charAt(at))) {
                return at + 1;
            }
        }
        return Character.isLowSurrogate(text.charAt(half)) ? half + 1 : half;
    }
}
