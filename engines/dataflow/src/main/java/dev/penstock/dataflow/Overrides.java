package dev.penstock.dataflow;

import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values that replace those of the pipeline file, each {@code key.path=value}.
 *
 * @param root the file's tree with the values in place
 * @param paths of the values, as the tree has them
 */
record Overrides(Tree.Mapping root, Set<String> paths) {
    /** Applies {@code overrides} in order; {@code source} and {@code sources.0} mean the same, whichever the file has. */
    static Overrides apply(Tree.Mapping root, List<String> overrides) {
        Applying applying = new Applying(root);
        overrides.forEach(applying::apply);
        if (!applying.problems.isEmpty()) {
            throw new PipelineException(applying.problems);
        }
        return new Overrides(applying.root, applying.paths);
    }

    /** A path leads nowhere. */
    private static final class Astray extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        Astray(String path, String reason, String remedy) {
            this.problem = Problem.error(path, Problem.Code.UNKNOWN, reason, remedy);
        }
    }

    private static final class Applying {
        private static final Set<String> LISTS =
                Set.of(Sections.SOURCES.name(), Sections.TRANSFORMS.name(), Sections.SINKS.name());

        private final List<LocatedProblem> problems = new ArrayList<>();
        private final Set<String> paths = new LinkedHashSet<>();
        private Tree.Mapping root;

        Applying(Tree.Mapping root) {
            this.root = root;
        }

        void apply(String override) {
            int split = override.indexOf('=');
            if (split < 1) {
                // The text may be a value on its own, and that a secret: it is not repeated.
                report(Problem.error("", Problem.Code.INVALID, "an override has no key", "write key.path=value"));
                return;
            }
            String path = asWritten(override.substring(0, split).strip());
            try {
                Tree value = value(path, override.substring(split + 1));
                root = (Tree.Mapping) set(root, "", List.of(path.split("\\.", -1)), value);
                paths.add(path);
            } catch (Astray e) {
                report(e.problem);
            } catch (PipelineException e) {
                problems.addAll(e.problems());
            }
        }

        /** Lists, mappings and quoted texts are YAML; everything else is one value, so that {@code **} needs no quotes. */
        private static Tree value(String path, String written) {
            boolean yaml = !written.isEmpty() && "[{\"'".indexOf(written.charAt(0)) >= 0;
            return yaml
                    ? new YamlReader("--set " + path, Expansion.none()).read(written)
                    : YamlReader.plain(written);
        }

        private void report(Problem problem) {
            problems.add(new LocatedProblem("--set", 0, problem));
        }

        /** {@code source.x} for a file with {@code sources}, and the other way round. */
        private String asWritten(String path) {
            for (String single : List.of("source", "sink")) {
                String list = single + "s";
                if (startsWith(path, single) && !root.entries().containsKey(single) && hasOne(list)) {
                    return list + ".0" + path.substring(single.length());
                }
                if (startsWith(path, list + ".0") && !root.entries().containsKey(list)) {
                    return single + path.substring(list.length() + 2);
                }
            }
            return path;
        }

        private static boolean startsWith(String path, String key) {
            return path.equals(key) || path.startsWith(key + ".");
        }

        private boolean hasOne(String list) {
            return root.find(list)
                    .filter(tree -> tree instanceof Tree.Sequence sequence
                            && sequence.items().size() == 1)
                    .isPresent();
        }

        private Tree set(Tree tree, String at, List<String> path, Tree value) throws Astray {
            if (path.isEmpty()) {
                return value;
            }
            String key = path.get(0);
            String below = at.isEmpty() ? key : at + "." + key;
            List<String> rest = path.subList(1, path.size());
            if (tree instanceof Tree.Sequence sequence) {
                int index = index(sequence, key, below, at);
                List<Tree> items = new ArrayList<>(sequence.items());
                items.set(index, set(items.get(index), below, rest, value));
                return new Tree.Sequence(items, sequence.line());
            }
            if (tree instanceof Tree.Nothing && LISTS.contains(at)) {
                throw new Astray(below, "there is no '" + at + "'", "add the step to the pipeline file");
            }
            if (tree instanceof Tree.Scalar) {
                throw new Astray(below, "leads into '" + at + "', which is a single value", "set '" + at + "' itself");
            }
            Tree.Mapping mapping =
                    tree instanceof Tree.Mapping there ? there : new Tree.Mapping(new LinkedHashMap<>(), tree.line());
            checkKey(mapping, key, below, at);
            Tree.Entry entry = mapping.entries()
                    .getOrDefault(key, new Tree.Entry(0, new Tree.Nothing("", 0)));
            return mapping.with(key, new Tree.Entry(entry.line(), set(entry.value(), below, rest, value)));
        }

        private static int index(Tree.Sequence sequence, String key, String below, String at) throws Astray {
            for (int i = 0; i < sequence.items().size(); i++) {
                if (key.equals(String.valueOf(i))) {
                    return i;
                }
            }
            int last = sequence.items().size() - 1;
            throw new Astray(
                    below,
                    "'" + at + "' has no item '" + key + "'",
                    last < 0 ? "it is empty" : "use a number from 0 to " + last);
        }

        /** Keys of steps are checked with all others when the pipeline is planned; sections must be known at once. */
        private static void checkKey(Tree.Mapping mapping, String key, String below, String at) throws Astray {
            boolean known = !at.isEmpty() || mapping.entries().containsKey(key) || Sections.ROOT.find(key).isPresent();
            if (key.isEmpty() || !known) {
                List<String> names = Sections.ROOT.keys().stream()
                        .map(each -> each.name())
                        .toList();
                throw new Astray(below, "is not a key of a pipeline", NearestName.hint(key, names));
            }
        }
    }
}
