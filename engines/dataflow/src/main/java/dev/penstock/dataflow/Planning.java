package dev.penstock.dataflow;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What the planners of all parts of one pipeline share: the connectors, the step names and the problems found. */
final class Planning {
    private final ConnectorCatalog catalog;
    private final PipelineFile file;
    private final List<Problem> problems = new ArrayList<>();
    private final StepNames names = new StepNames();
    private final Map<String, UnaryOperator<Problem>> places = new HashMap<>();

    Planning(ConnectorCatalog catalog, PipelineFile file) {
        this.catalog = catalog;
        this.file = file;
    }

    StepNames names() {
        return names;
    }

    /** The names of the connectors that may stand in this role. */
    List<String> names(Role role) {
        return catalog.names(role);
    }

    /** The connector named {@code name}, which may be a format. */
    Optional<Connector> format(String name) {
        return catalog.find(name);
    }

    /** Keeps where the settings of the step {@code id} are written. */
    void place(String id, UnaryOperator<Problem> placed) {
        places.put(id, placed);
    }

    StepPlaces places() {
        return new StepPlaces(file, places);
    }

    void report(Problem problem) {
        problems.add(problem);
    }

    void error(String path, Problem.Code code, String reason, String remedy) {
        report(Problem.error(path, code, reason, remedy));
    }

    boolean failed() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /** All problems in the order of their lines. */
    List<LocatedProblem> problems() {
        return problems.stream()
                .distinct()
                .map(file::locate)
                .sorted(java.util.Comparator.comparingInt(LocatedProblem::line))
                .toList();
    }

    /** The settings at {@code path}, if they are right; every problem is reported. */
    Optional<Config> parse(String path, ConfigSpec spec, Tree tree) {
        return parse(spec, tree, problem -> problem.at(path));
    }

    /** As {@link #parse(String, ConfigSpec, Tree)}, for settings that stand in several places. */
    Optional<Config> parse(ConfigSpec spec, Tree tree, UnaryOperator<Problem> placed) {
        List<Problem> found = new ArrayList<>();
        Object raw = RawSettings.of(spec, tree, found::add);
        if (!found.isEmpty() && spec.isSingle()) {
            found.forEach(problem -> report(placed.apply(problem)));
            return Optional.empty();
        }
        List<String> incomplete = found.stream().map(Problem::path).toList();
        ConfigSpec.Parsed parsed = spec.parse(raw);
        parsed.problems().stream()
                .map(problem -> asWritten(spec, problem))
                .filter(problem -> problem.code() != Problem.Code.MISSING || !incomplete.contains(problem.path()))
                .forEach(found::add);
        found.forEach(problem -> report(placed.apply(problem)));
        return found.stream().anyMatch(Problem::isError)
                ? Optional.empty()
                : parsed.config().map(config -> config.in(file.baseDirectory()));
    }

    /**
     * Makes a part, which opens nothing, to see whether its connector finds fault with settings that its spec lets
     * pass.
     */
    boolean tried(Supplier<? extends AutoCloseable> factory, UnaryOperator<Problem> placed) {
        try {
            factory.get().close();
            return true;
        } catch (ConfigException e) {
            e.problems().forEach(problem -> report(placed.apply(problem)));
            return e.problems().stream().noneMatch(Problem::isError);
        } catch (Exception e) {
            report(placed.apply(Problem.error(
                    "",
                    Problem.Code.INVALID,
                    "its connector failed on these settings: " + e,
                    "this is a fault of the connector")));
        }
        return false;
    }

    /** A single setting is written without its key, so problems do not name it either. */
    static Problem asWritten(ConfigSpec spec, Problem problem) {
        String key = spec.keys().isEmpty() ? "" : spec.keys().get(0).name();
        String path = problem.path();
        if (!spec.isSingle() || !(path.equals(key) || path.startsWith(key + "."))) {
            return problem;
        }
        String below = path.equals(key) ? "" : path.substring(key.length() + 1);
        return new Problem(below, problem.code(), problem.severity(), problem.reason(), problem.remedy());
    }

    /** The connector that is named at {@code path}, if there is one in this role. */
    Optional<Connector> connector(String path, String name, Role role) {
        Optional<Connector> connector = catalog.find(name);
        if (connector.isEmpty()) {
            error(
                    path,
                    Problem.Code.UNKNOWN,
                    "'" + name + "' is not a connector here",
                    NearestName.hint(name, names(role)));
        } else if (connector.get().descriptor().spec(role).isEmpty()) {
            error(
                    path,
                    Problem.Code.UNSUPPORTED,
                    "'" + name + "' cannot be a " + role + ", only a " + offered(connector.get()),
                    "use one of: " + String.join(", ", names(role)));
            return Optional.empty();
        }
        return connector;
    }

    private static String offered(Connector connector) {
        return String.join(
                " or ",
                new TreeSet<>(connector.descriptor().specs().keySet())
                        .stream().map(Role::toString).toList());
    }
}
