package dev.penstock.embeddings;

import java.util.ArrayList;
import java.util.List;

/**
 * A heading with what stands below it up to the next heading, or several of them that were too small to stand alone.
 *
 * @param level of its first heading; 0 before any heading
 * @param path the headings above its text, its own one last
 * @param blocks its parts, headings among them
 * @param tokens of all of it
 * @param bare whether there is nothing but headings
 */
record Section(int level, List<String> path, List<Block> blocks, int tokens, boolean bare) {
    Section {
        path = List.copyOf(path);
        blocks = List.copyOf(blocks);
    }

    /** This section and the next one as one; headings without text do not count for what it is about. */
    Section with(Section next) {
        List<Block> both = new ArrayList<>(blocks);
        both.addAll(next.blocks);
        List<String> shared = bare ? next.path : next.bare ? path : common(path, next.path);
        return new Section(level, shared, both, tokens + next.tokens, bare && next.bare);
    }

    /** Whether there is a heading above both, or no heading above this one. */
    boolean isRelatedTo(Section next) {
        return level == 0 || common(path, next.path).stream().anyMatch(title -> !title.isEmpty());
    }

    private static List<String> common(List<String> one, List<String> other) {
        int length = 0;
        while (length < Math.min(one.size(), other.size()) && one.get(length).equals(other.get(length))) {
            length++;
        }
        return one.subList(0, length);
    }
}
