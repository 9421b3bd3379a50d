package dev.penstock.embeddings;

import dev.penstock.embeddings.Unit.Border;
import dev.penstock.embeddings.Unit.Range;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts the blocks of a section into units, each of which fits a chunk. */
final class Units {
    private final String text;
    private final TokenMap tokens;
    private final ChunkLimits limits;
    private final BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    private final List<Unit> units = new ArrayList<>();
    private Range header = Range.NONE;
    private boolean gap;

    private Units(String text, TokenMap tokens, ChunkLimits limits) {
        this.text = text;
        this.tokens = tokens;
        this.limits = limits;
    }

    static List<Unit> of(Section section, String text, TokenMap tokens, ChunkLimits limits) {
        Units units = new Units(text, tokens, limits);
        Border border = Border.BLOCK;
        for (Block block : section.blocks()) {
            units.gap = block.gapBefore();
            units.header = Range.NONE;
            units.add(block, border);
            border = block.kind() == Block.Kind.HEADING ? Border.HEADING : Border.BLOCK;
        }
        return units.units;
    }

    private void add(Block block, Border border) {
        boolean fits = limits.fit(tokens.count(block.start(), block.end()), block.end() - block.start());
        switch (block.kind()) {
            case HEADING -> addPart(block.start(), block.end(), border, false);
            case PROSE -> addProse(block, border);
            case CODE -> addLines(block, fits, border, Border.LINE);
            case TABLE -> addTable(block, fits, border);
        }
    }

    private void addLines(Block block, boolean whole, Border border, Border inside) {
        if (whole) {
            addPart(block.start(), block.end(), border, false);
            return;
        }
        Border next = border;
        Lines line = new Lines(text, block.start());
        while (line.isLine() && line.start() < block.end()) {
            int start = line.start();
            line.next();
            addPart(start, Math.min(line.start(), block.end()), next, false);
            next = inside;
        }
    }

    private void addTable(Block block, boolean whole, Border border) {
        if (!whole) {
            Lines line = new Lines(text, block.start());
            line.next();
            Range top = new Range(block.start(), line.end());
            boolean worthRepeating = tokens.count(top.start(), top.end()) <= limits.maxTokens() / 4;
            header = worthRepeating ? top : Range.NONE;
        }
        addLines(block, whole, border, Border.SENTENCE);
    }

    private void addProse(Block block, Border border) {
        Border next = border;
        Lines line = new Lines(text, block.start());
        int start = block.start();
        while (line.isLine() && line.start() < block.end()) {
            line.next();
            boolean ends = line.start() >= block.end();
            if (ends || isItem(line)) {
                addSentences(start, ends ? block.end() : line.start(), next);
                next = Border.ITEM;
                start = line.start();
            }
        }
    }

    private boolean isItem(Lines line) {
        int at = line.indent();
        if (at >= line.end()) {
            return false;
        }
        int marker = at;
        while (marker < line.end() && marker - at < 4 && Character.isDigit(text.charAt(marker))) {
            marker++;
        }
        boolean numbered = marker > at && marker < line.end() && ".)".indexOf(text.charAt(marker)) >= 0;
        boolean bullet = marker == at && "-*+".indexOf(text.charAt(at)) >= 0;
        int after = marker + 1;
        return (numbered || bullet) && after < line.end() && Character.isWhitespace(text.charAt(after));
    }

    private void addSentences(int start, int end, Border border) {
        sentences.setText(text.substring(start, end));
        Border next = border;
        int from = start;
        sentences.first();
        for (int at = sentences.next(); at != BreakIterator.DONE; at = sentences.next()) {
            addPart(from, start + at, next, true);
            from = start + at;
            next = Border.SENTENCE;
        }
    }

    /** Adds a unit, or several where it is too long for one. */
    private void addPart(int start, int end, Border border, boolean repeatable) {
        Border next = border;
        for (int from = start; from < end; ) {
            int to = limits.cut(text, tokens, from, end);
            units.add(new Unit(from, to, tokens.count(from, to), next, repeatable, gap, header));
            gap = false;
            next = Border.WORD;
            from = to;
        }
    }
}
