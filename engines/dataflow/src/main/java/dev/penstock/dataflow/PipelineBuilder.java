package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds in Java what a pipeline file says, checked in the same way and giving an equal {@link Plan}.
 *
 * <pre>{@code
 * Plan plan = PipelineBuilder.named("copy")
 *         .source("files", Map.of("path", "./in", "format", "ndjson"))
 *         .transform("filter", "price > 10")
 *         .sink("files", Map.of("path", "./out", "format", "csv"))
 *         .plan(ConnectorCatalog.load(loader));
 * }</pre>
 *
 * <p>Settings have the names and shapes of the pipeline file: texts, numbers, booleans, enums, durations, paths, lists
 * and maps. Not thread safe.
 */
public final class PipelineBuilder {
    private final Map<String, Object> top = new LinkedHashMap<>();
    private final List<Object> sources = new ArrayList<>();
    private final List<Object> transforms = new ArrayList<>();
    private final List<Object> sinks = new ArrayList<>();
    private Path baseDirectory = Path.of("").toAbsolutePath();

    private PipelineBuilder(String pipeline) {
        top.put(Sections.PIPELINE.name(), requireNonNull(pipeline, "pipeline"));
    }

    /** Starts a pipeline. */
    public static PipelineBuilder named(String pipeline) {
        return new PipelineBuilder(pipeline);
    }

    /** Where relative paths start; the working directory if not given. */
    public PipelineBuilder baseDirectory(Path directory) {
        baseDirectory = directory.toAbsolutePath().normalize();
        return this;
    }

    /** What the pipeline must promise. */
    public PipelineBuilder guarantee(Guarantee guarantee) {
        top.put(Sections.GUARANTEE.name(), guarantee);
        return this;
    }

    /** When epochs are sealed and where state is kept. */
    public PipelineBuilder checkpoint(Duration interval, Path state) {
        top.put(Sections.CHECKPOINT.name(), Map.of(Sections.INTERVAL.name(), interval, Sections.STATE.name(), state));
        return this;
    }

    /** Keeps no state: nothing survives a crash. */
    public PipelineBuilder withoutCheckpoint() {
        top.put(Sections.CHECKPOINT.name(), PipelinePlan.NO_CHECKPOINT);
        return this;
    }

    /** Threads and memory. */
    public PipelineBuilder runtime(Map<String, ?> settings) {
        top.put(Sections.RUNTIME.name(), settings);
        return this;
    }

    /** Adds a source; several are merged. */
    public PipelineBuilder source(String connector, Map<String, ?> settings) {
        sources.add(step(connector, settings));
        return this;
    }

    /** Adds a transform behind all before it. */
    public PipelineBuilder transform(String connector, Object settings) {
        transforms.add(Map.of(connector, settings));
        return this;
    }

    /** Adds a transform whose step has a name of its own. */
    public PipelineBuilder transform(String name, String connector, Object settings) {
        transforms.add(Map.of(connector, settings, Sections.NAME.name(), name));
        return this;
    }

    /** Adds a sink; each gets all rows. */
    public PipelineBuilder sink(String connector, Map<String, ?> settings) {
        sinks.add(step(connector, settings));
        return this;
    }

    /** Where rows that cannot be taken go; without it they stop the pipeline. */
    public PipelineBuilder deadLetters(String connector, Map<String, ?> settings) {
        top.put(
                Sections.ERRORS.name(),
                Map.of(
                        Sections.POLICY.name(),
                        Sections.Policy.DEAD_LETTER,
                        Sections.ERROR_SINK.name(),
                        step(connector, settings)));
        return this;
    }

    private static Map<String, Object> step(String connector, Map<String, ?> settings) {
        Map<String, Object> step = new LinkedHashMap<>(settings);
        step.put(Sections.CONNECTOR.name(), connector);
        return step;
    }

    /**
     * The plan.
     *
     * @throws PipelineException with all that is wrong
     */
    public Plan plan(ConnectorCatalog catalog) {
        return new Planner(catalog).plan(file()).orThrow();
    }

    private PipelineFile file() {
        Map<String, Object> root = new LinkedHashMap<>(top);
        put(root, Sections.SOURCE.name(), Sections.SOURCES.name(), sources);
        root.put(Sections.TRANSFORMS.name(), transforms);
        put(root, Sections.SINK.name(), Sections.SINKS.name(), sinks);
        return new PipelineFile("", baseDirectory, (Tree.Mapping) Tree.of(root), Set.of());
    }

    /** One step is written on its own, so that problems are found where a reader expects them. */
    private static void put(Map<String, Object> root, String single, String list, List<Object> steps) {
        if (steps.size() == 1) {
            root.put(single, steps.get(0));
        } else if (!steps.isEmpty()) {
            root.put(list, steps);
        }
    }
}
