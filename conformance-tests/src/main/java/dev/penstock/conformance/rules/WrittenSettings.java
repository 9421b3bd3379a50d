package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a step as somebody would write them, and their spec.
 *
 * @param spec what may be written
 * @param values what is written
 */
record WrittenSettings(ConfigSpec spec, Map<String, Object> values) {
    /** Those that the fixture says are valid. */
    static WrittenSettings of(Trial trial) {
        ConfigSpec spec = trial.connector().descriptor().spec(trial.role()).orElseThrow();
        return new WrittenSettings(spec, trial.settings());
    }

    WrittenSettings without(String key) {
        Map<String, Object> fewer = new HashMap<>(values);
        fewer.remove(key);
        return new WrittenSettings(spec, fewer);
    }

    WrittenSettings with(String key, Object value) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(key, value);
        return new WrittenSettings(spec, more);
    }

    /** What is wrong with them; deprecations included. */
    List<Problem> problems() {
        return spec.parse(values).problems();
    }

    boolean accepted() {
        return spec.parse(values).config().isPresent();
    }

    /** Whether an error of that kind is found at that key. */
    boolean refusedAt(String key, Problem.Code code) {
        return problems().stream()
                .anyMatch(problem -> problem.isError()
                        && problem.code() == code
                        && problem.path().equals(key));
    }

    /** The keys whose names can be written; none of a spec without names. */
    List<ConfigKey<?>> namedKeys() {
        return spec.isSingle() ? List.of() : new ArrayList<>(spec.keys());
    }

    /** The names of what is written, for people; values may be secrets. */
    @Override
    public String toString() {
        return new TreeMap<>(values).keySet().toString();
    }
}
