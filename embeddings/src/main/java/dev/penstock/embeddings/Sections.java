package dev.penstock.embeddings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Cuts a document at its headings, and joins what would be too small to be understood alone. */
final class Sections {
    /** A section with fewer than this part of a chunk is joined to a neighbour. */
    private static final int SMALL_PART = 4;

    private final TokenMap tokens;
    private final int maxTokens;

    Sections(TokenMap tokens, int maxTokens) {
        this.tokens = tokens;
        this.maxTokens = maxTokens;
    }

    List<Section> of(DocumentBlocks.Parsed document) {
        return join(cut(document));
    }

    private List<Section> cut(DocumentBlocks.Parsed document) {
        List<Section> sections = new ArrayList<>();
        Deque<Block> above = new ArrayDeque<>();
        List<Block> current = new ArrayList<>();
        for (Block block : document.blocks()) {
            if (block.kind() == Block.Kind.HEADING) {
                end(sections, current, path(document.title(), above));
                while (!above.isEmpty() && above.peekLast().level() >= block.level()) {
                    above.removeLast();
                }
                above.addLast(block);
            }
            current.add(block);
        }
        end(sections, current, path(document.title(), above));
        return sections;
    }

    private static List<String> path(String title, Deque<Block> above) {
        List<String> path = new ArrayList<>();
        path.add(title);
        for (Iterator<Block> heading = above.iterator(); heading.hasNext(); ) {
            path.add(heading.next().title());
        }
        return path;
    }

    private void end(List<Section> sections, List<Block> blocks, List<String> path) {
        if (!blocks.isEmpty()) {
            int count = blocks.stream()
                    .mapToInt(block -> tokens.count(block.start(), block.end()))
                    .sum();
            boolean bare = blocks.stream().allMatch(block -> block.kind() == Block.Kind.HEADING);
            sections.add(new Section(blocks.get(0).level(), path, blocks, count, bare));
            blocks.clear();
        }
    }

    private List<Section> join(List<Section> sections) {
        List<Section> joined = new ArrayList<>();
        Section current = null;
        for (Section next : sections) {
            if (current != null && belongTogether(current, next)) {
                current = current.with(next);
            } else {
                if (current != null) {
                    joined.add(current);
                }
                current = next;
            }
        }
        if (current != null) {
            joined.add(current);
        }
        return joined;
    }

    // Never upwards, nor without a heading above both: what follows there is another matter.
    private boolean belongTogether(Section current, Section next) {
        if (next.level() < current.level() || !current.isRelatedTo(next)) {
            return false;
        }
        boolean fits = current.tokens() + next.tokens() <= maxTokens;
        boolean headingOfNext = current.bare() && next.level() > current.level();
        return fits ? headingOfNext || isSmall(current) || isSmall(next) : headingOfNext && isSmall(current);
    }

    private boolean isSmall(Section section) {
        return section.tokens() < maxTokens / SMALL_PART;
    }
}
