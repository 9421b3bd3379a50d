package dev.penstock.format.records;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns of relative paths with {@code /} between names.
 *
 * <p>Unlike the JDK's, two stars and a slash may also stand for nothing, so that a pattern over directories takes the
 * files at the top too, as people expect who know git and shells.
 */
public final class Glob {
    private final List<Pattern> patterns;

    private Glob(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * Patterns of which one must match.
     *
     * @throws IllegalArgumentException naming the one that cannot be read
     */
    public static Glob of(List<String> globs) {
        return new Glob(globs.stream().map(Glob::compile).toList());
    }

    /** Whether one of the patterns matches. */
    public boolean matches(String relativePath) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(relativePath).matches());
    }

    private static Pattern compile(String glob) {
        try {
            return Pattern.compile(new Translation(glob).regex(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + glob + "' is not a glob: " + e.getDescription(), e);
        }
    }

    /** One pass over a glob. */
    private static final class Translation {
        private final String glob;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private int depth;

        Translation(String glob) {
            this.glob = glob.startsWith("./") ? glob.substring(2) : glob;
        }

        String regex() {
            while (at < glob.length()) {
                step(glob.charAt(at));
            }
            if (depth > 0) {
                throw new IllegalArgumentException("'" + glob + "' is not a glob: a '{' is not closed");
            }
            return regex.toString();
        }

        private void step(char c) {
            switch (c) {
                case '*' -> star();
                case '?' -> put("[^/]");
                case '[' -> characters();
                case '{' -> {
                    depth++;
                    put("(?:");
                }
                case '}' -> close();
                case ',' -> put(depth > 0 ? "|" : ",");
                case '\\' -> {
                    at++;
                    put(at < glob.length() ? Pattern.quote(glob.substring(at, at + 1)) : "\\\\");
                }
                default -> put(Pattern.quote(String.valueOf(c)));
            }
        }

        private void put(String part) {
            regex.append(part);
            at++;
        }

        private void close() {
            if (depth > 0) {
                depth--;
                put(")");
            } else {
                put("\\}");
            }
        }

        private void star() {
            if (!glob.startsWith("**", at)) {
                put("[^/]*");
            } else if (glob.startsWith("**/", at) && (at == 0 || glob.charAt(at - 1) == '/')) {
                at += 2;
                put("(?:.*/)?");
            } else {
                at++;
                put(".*");
            }
        }

        private void characters() {
            int end = glob.indexOf(']', at + 2);
            if (end < 0) {
                throw new IllegalArgumentException("'" + glob + "' is not a glob: a '[' is not closed");
            }
            String inside = glob.substring(at + 1, end)
                    .replace("\\", "\\\\")
                    .replace("[", "\\[")
                    .replace("&&", "&\\&");
            boolean negated = inside.startsWith("!") || inside.startsWith("^");
            regex.append(negated ? "[^/" : "[").append(negated ? inside.substring(1) : inside);
            at = end;
            put("]");
        }
    }
}
