package dev.penstock.dataflow;

import java.util.Comparator;
import java.util.Optional;

/**
 * How far a path leads into a tree.
 *
 * @param value the last value on the way
 * @param line of the key that led to it, or of the value where there is no key
 * @param rest of the path, which leads nowhere; empty if all of it was walked
 */
record TreePath(Tree value, int line, String rest) {
    static TreePath walk(Tree root, String path) {
        TreePath at = new TreePath(root, root.line(), path);
        for (Optional<TreePath> next = at.step(); next.isPresent(); next = at.step()) {
            at = next.get();
        }
        return at;
    }

    private Optional<TreePath> step() {
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        if (value instanceof Tree.Mapping mapping) {
            // Keys may hold dots themselves: the longest that fits is meant.
            return mapping.entries().entrySet().stream()
                    .filter(entry -> rest.equals(entry.getKey()) || rest.startsWith(entry.getKey() + "."))
                    .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                    .map(entry -> into(entry.getValue(), entry.getKey()));
        }
        return value instanceof Tree.Sequence sequence ? item(sequence) : Optional.empty();
    }

    private TreePath into(Tree.Entry entry, String key) {
        return new TreePath(entry.value(), entry.line(), after(key));
    }

    private Optional<TreePath> item(Tree.Sequence sequence) {
        String first = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        for (int i = 0; i < sequence.items().size(); i++) {
            if (first.equals(String.valueOf(i))) {
                Tree item = sequence.items().get(i);
                return Optional.of(new TreePath(item, item.line(), after(first)));
            }
        }
        return Optional.empty();
    }

    private String after(String key) {
        return rest.length() == key.length() ? "" : rest.substring(key.length() + 1);
    }
}
