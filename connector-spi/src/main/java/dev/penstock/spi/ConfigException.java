package dev.penstock.spi;

import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The author of the pipeline must act: settings are wrong, or do not fit what is outside. */
public final class ConfigException extends ConnectorException {
    private final transient List<Problem> problems;

    /** All that is wrong. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** One thing is wrong with the setting at {@code path}. */
    public ConfigException(String path, Problem.Code code, String reason, String remedy) {
        this(List.of(Problem.error(path, code, reason, remedy)));
    }

    /** All that is wrong. */
    public List<Problem> problems() {
        return problems;
    }
}
