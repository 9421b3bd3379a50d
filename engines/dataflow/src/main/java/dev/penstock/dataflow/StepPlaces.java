package dev.penstock.dataflow;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where the steps of a plan are written: finds the line of what is wrong with a step when that only comes out later,
 * once its source is open or its data has been seen. Immutable; safe for use from any thread.
 */
public final class StepPlaces {
    private final PipelineFile file;
    private final Map<String, UnaryOperator<Problem>> places;

    /** Steps by id, each with what turns the path of one of its settings into the path in {@code file}. */
    StepPlaces(PipelineFile file, Map<String, UnaryOperator<Problem>> places) {
        this.file = file;
        this.places = new HashMap<>(places);
    }

    /** The steps of a plan that stands in no file. */
    public static StepPlaces none() {
        return new StepPlaces(new PipelineFile("", Path.of(""), new Tree.Mapping(Map.of(), 0), Set.of()), Map.of());
    }

    /** The place of {@code problem}, whose path begins with the id of a step, as {@link SchemaResolver} gives them. */
    public LocatedProblem locate(Problem problem) {
        return places.keySet().stream()
                .filter(id -> problem.path().equals(id) || problem.path().startsWith(id + "."))
                .max(Comparator.comparingInt(String::length))
                .map(id -> file.locate(placed(id, problem)))
                .orElseGet(() -> new LocatedProblem(file.name(), 0, problem));
    }

    /** All problems of {@code failure} with their places. */
    public PipelineException locate(ConfigException failure) {
        PipelineException located = new PipelineException(
                failure.problems().stream().map(this::locate).toList());
        located.initCause(failure);
        return located;
    }

    private Problem placed(String id, Problem problem) {
        String path = problem.path().equals(id) ? "" : problem.path().substring(id.length() + 1);
        return places.getOrDefault(id, UnaryOperator.identity())
                .apply(new Problem(path, problem.code(), problem.severity(), problem.reason(), problem.remedy()));
    }
}
