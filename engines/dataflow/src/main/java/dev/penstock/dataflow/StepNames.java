package dev.penstock.dataflow;

import dev.penstock.spi.config.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives each step an id that stays the same when others are edited: its name, or else the connector's name with a
 * number from the second one on.
 */
final class StepNames {
    /** The step that rejected rows go to. */
    static final String ERRORS = "errors";

    static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Map<String, String> givenBy = new HashMap<>(Map.of(ERRORS, "errors.sink"));
    private final Set<String> used = new HashSet<>();

    /** Keeps a name that the step at {@code path} was given; done for all steps before any gets a made one. */
    Optional<Problem> reserve(String name, String path) {
        String at = path + ".name";
        if (!KEBAB.matcher(name).matches()) {
            return Optional.of(Problem.error(
                    at,
                    Problem.Code.INVALID,
                    "'" + name + "' is no name for a step",
                    "use lower case letters, digits and hyphens"));
        }
        String other = givenBy.putIfAbsent(name, path);
        return other == null || other.equals(path)
                ? Optional.empty()
                : Optional.of(Problem.error(
                        at, Problem.Code.CONFLICT, "is the name of '" + other + "' too", "give each step its own"));
    }

    /** An id for a step without a name. */
    String made(String connector) {
        String id = connector;
        for (int number = 2; givenBy.containsKey(id) || !used.add(id); number++) {
            id = connector + "-" + number;
        }
        return id;
    }
}
