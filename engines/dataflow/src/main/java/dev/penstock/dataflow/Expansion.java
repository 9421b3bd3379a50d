package dev.penstock.dataflow;

import dev.penstock.spi.config.Problem;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables into values: {@code ${NAME}} and {@code ${NAME:-default}}; with a second dollar sign
 * before it, it is a plain text.
 */
final class Expansion {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{(?:([^}]*)})?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String ELSE = ":-";

    private final Map<String, String> environment;
    private final boolean wanted;

    private Expansion(Map<String, String> environment, boolean wanted) {
        this.environment = Map.copyOf(environment);
        this.wanted = wanted;
    }

    /** Variables of {@code environment}. */
    static Expansion of(Map<String, String> environment) {
        return new Expansion(environment, true);
    }

    /** Texts stay as they are. */
    static Expansion none() {
        return new Expansion(Map.of(), false);
    }

    /** {@code text} with its variables filled in; what cannot be is left as it is and reported. */
    String expand(String text, String path, Consumer<Problem> problems) {
        if (!wanted || !text.contains("${")) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String reference = matcher.group();
            String value = reference.equals("$${") ? "${" : value(reference, matcher.group(1), path, problems);
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(expanded).toString();
    }

    private String value(String reference, @Nullable String inside, String path, Consumer<Problem> problems) {
        if (inside == null) {
            problems.accept(Problem.error(
                    path,
                    Problem.Code.INVALID,
                    "has '${' without '}'",
                    "close it, or write '$${' for the text itself"));
            return reference;
        }
        int split = inside.indexOf(ELSE);
        String name = split < 0 ? inside : inside.substring(0, split);
        if (!NAME.matcher(name).matches()) {
            problems.accept(Problem.error(
                    path,
                    Problem.Code.INVALID,
                    "has '" + reference + "', and '" + name + "' is not the name of a variable",
                    "write ${NAME} or ${NAME:-default}, or '$${' for the text itself"));
            return reference;
        }
        String value = environment.getOrDefault(name, "");
        if (split >= 0) {
            return value.isEmpty() ? inside.substring(split + ELSE.length()) : value;
        }
        if (!environment.containsKey(name)) {
            problems.accept(unset(path, name));
        }
        return value;
    }

    private static Problem unset(String path, String name) {
        return Problem.error(
                path,
                Problem.Code.NOT_FOUND,
                "needs the environment variable '" + name + "', which is not set",
                "set it, or write ${" + name + ":-default}");
    }
}
