package dev.penstock.embeddings;

import dev.penstock.embeddings.Unit.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills chunks with the units of one section.
 *
 * <p>Where a chunk ends depends on what is in it and the next one only, so that an edit changes the chunks around it
 * and leaves the ones before alone.
 */
final class Packing {
    private final String text;
    private final TokenMap tokens;
    private final ChunkLimits limits;
    private final List<Unit> units;

    Packing(String text, TokenMap tokens, ChunkLimits limits, List<Unit> units) {
        this.text = text;
        this.tokens = tokens;
        this.limits = limits;
        this.units = units;
    }

    /** The parts of the text that each chunk is made of. */
    List<List<Range>> chunks() {
        List<List<Range>> chunks = new ArrayList<>();
        int before = 0;
        for (int from = 0; from < units.size(); ) {
            Range repeated = from == 0 ? Range.NONE : repeated(before, from);
            int budget = limits.maxTokens() - tokens.count(repeated.start(), repeated.end());
            if (budget < units.get(from).tokens()) {
                repeated = Range.NONE;
                budget = limits.maxTokens();
            }
            int to = end(from, budget, limits.maxCharacters() - (repeated.end() - repeated.start()));
            chunks.add(ranges(repeated, from, to));
            before = from;
            from = to;
        }
        return chunks;
    }

    /** What the chunk that starts with unit {@code from} repeats: the header of its table, or the text before it. */
    private Range repeated(int before, int from) {
        Unit first = units.get(from);
        if (!first.header().isEmpty() && first.start() >= first.header().end()) {
            return first.header();
        }
        int start = from;
        int used = 0;
        while (start > before
                && isRepeatable(start)
                && used + units.get(start - 1).tokens() <= limits.overlap()) {
            start--;
            used += units.get(start).tokens();
        }
        if (start < from) {
            return new Range(units.get(start).start(), first.start());
        }
        return isRepeatable(from) ? lastWords(units.get(from - 1)) : Range.NONE;
    }

    private boolean isRepeatable(int index) {
        return units.get(index - 1).repeatable() && !units.get(index).gapBefore();
    }

    private Range lastWords(Unit unit) {
        int start = Math.max(tokens.reachBack(unit.end(), limits.overlap()), unit.start());
        while (start < unit.end() && !(start > 0 && Character.isWhitespace(text.charAt(start - 1)))) {
            start++;
        }
        return start < unit.end() ? new Range(start, unit.end()) : Range.NONE;
    }

    /** The unit before which the chunk ends that starts with unit {@code from}. */
    private int end(int from, int maxTokens, int maxCharacters) {
        int last = from;
        int used = 0;
        while (last < units.size() && (last == from || fits(from, last, used, maxTokens, maxCharacters))) {
            used += units.get(last++).tokens();
        }
        return last == units.size() ? last : best(from, last, maxTokens);
    }

    private boolean fits(int from, int next, int used, int maxTokens, int maxCharacters) {
        int characters = units.get(next).end() - units.get(from).start();
        return used + units.get(next).tokens() <= maxTokens && characters <= maxCharacters;
    }

    private int best(int from, int last, int maxTokens) {
        double ideal = ideal(from, maxTokens);
        int best = last;
        double bestMerit = Double.NEGATIVE_INFINITY;
        int used = 0;
        for (int at = from + 1; at <= last; at++) {
            used += units.get(at - 1).tokens();
            double unused = Math.abs(used - ideal) / maxTokens;
            double merit = units.get(at).border().merit() - unused;
            if (merit >= bestMerit) {
                best = at;
                bestMerit = merit;
            }
        }
        return best;
    }

    /** How full the chunk should get: to the brim, or half of the rest where the rest makes two. */
    private double ideal(int from, int maxTokens) {
        int rest = 0;
        int at = from;
        while (at < units.size() && rest <= 2 * maxTokens) {
            rest += units.get(at++).tokens();
        }
        boolean two = at == units.size() && rest <= 2 * maxTokens - limits.overlap();
        return two ? rest / 2.0 : maxTokens;
    }

    private List<Range> ranges(Range repeated, int from, int to) {
        List<Range> ranges = new ArrayList<>();
        int start = units.get(from).start();
        if (!repeated.isEmpty() && repeated.end() == start) {
            start = repeated.start();
        } else if (!repeated.isEmpty()) {
            ranges.add(repeated);
        }
        for (int at = from + 1; at < to; at++) {
            if (units.get(at).gapBefore()) {
                ranges.add(new Range(start, units.get(at - 1).end()));
                start = units.get(at).start();
            }
        }
        ranges.add(new Range(start, units.get(to - 1).end()));
        return ranges;
    }
}
