package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.plan.CheckpointSettings;
import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a plan of the steps of a program, in which those that name connectors are checked as they are in a pipeline
 * file. Problems are gathered and come all at once from {@link #plan}; the path of each begins with the id of its step.
 *
 * <p>Not thread safe; one use.
 */
public final class FlowPlanner {
    private static final String DEAD_LETTERS = "errors.sink";

    private final Path baseDirectory;
    private final Planning planning;
    private final List<PlanNode> nodes = new ArrayList<>();
    private final Map<String, String> rows = new HashMap<>();
    private ErrorPolicy errors = new ErrorPolicy.Halt();

    /** A planner whose steps name connectors of {@code catalog} and whose relative paths start in a directory. */
    public FlowPlanner(ConnectorCatalog catalog, Path baseDirectory) {
        this.baseDirectory = requireNonNull(baseDirectory, "baseDirectory");
        this.planning = new Planning(
                requireNonNull(catalog, "catalog"),
                new PipelineFile("", baseDirectory, new Tree.Mapping(Map.of(), 0), Set.of()));
    }

    /** Adds a step that needs no check. */
    public void add(PlanNode node) {
        nodes.add(requireNonNull(node, "node"));
    }

    /** Adds a source with its decoder, if its settings name a format. */
    public void source(String step, String connector, Map<String, ?> settings) {
        new SourceSteps(planning)
                .plan(step, tree(step, connector, settings), nodes)
                .ifPresent(last -> rows.put(step, last));
    }

    /** The id of the step that gives the rows of {@code step}: its decoder, if it is a source that has one. */
    public String rows(String step) {
        return rows.getOrDefault(step, step);
    }

    /** Adds a transform; its settings are a mapping, or the value of its only setting. */
    public void transform(String step, String connector, Object settings, List<String> inputs) {
        new TransformSteps(planning)
                .named(step, connector, Tree.of(settings), inputs)
                .ifPresent(nodes::add);
    }

    /** Adds a sink with its filter and its encoder, if its settings ask for them. */
    public void sink(String step, String connector, Map<String, ?> settings, List<String> inputs) {
        new SinkSteps(planning).plan(step, tree(step, connector, settings), inputs, nodes);
    }

    /** Takes a sink for the rows that cannot be taken; without one they stop the pipeline. */
    public void deadLetters(String connector, Map<String, ?> settings) {
        new SinkSteps(planning)
                .deadLetters(DEAD_LETTERS, tree(StepNames.ERRORS, connector, settings))
                .ifPresent(policy -> errors = policy);
    }

    private Tree tree(String step, String connector, Map<String, ?> settings) {
        Map<String, Object> written = new LinkedHashMap<>(settings);
        for (String key : List.of(Sections.NAME.name(), Sections.CONNECTOR.name())) {
            if (written.containsKey(key)) {
                planning.error(
                        step + "." + key,
                        Problem.Code.CONFLICT,
                        "is given by the call that adds the step",
                        "remove it");
            }
        }
        written.put(Sections.NAME.name(), step);
        written.put(Sections.CONNECTOR.name(), connector);
        return Tree.of(written);
    }

    /**
     * The plan.
     *
     * @param wanted what it must promise, if anything in particular
     * @throws PipelineException with all that is wrong
     */
    public Plan plan(String name, CheckpointSettings checkpoint, RuntimeSettings runtime, Optional<Guarantee> wanted) {
        if (nodes.stream().noneMatch(PlanNode.SourceNode.class::isInstance) && !planning.failed()) {
            planning.error("", Problem.Code.MISSING, "flow '" + name + "' reads nothing", "begin with read");
        }
        Guarantees guarantees = Guarantees.of(nodes, checkpoint);
        if (!planning.failed()) {
            PipelinePlan.checkGuarantee(planning, wanted, guarantees);
        }
        if (planning.failed()) {
            throw new PipelineException(planning.problems());
        }
        return new Plan(
                name, baseDirectory, checkpoint, runtime, nodes, errors, guarantees.guarantee(), Fingerprint.of(nodes));
    }
}
