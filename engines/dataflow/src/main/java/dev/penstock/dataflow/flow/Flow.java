package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.FlowPlanner;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.plan.CheckpointSettings;
import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.RowView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A pipeline written in Java. Streams begin with {@code read}, go through steps, and end with {@code to}; the engine
 * then runs what {@link #plan} gives.
 *
 * <p>Not thread safe; a flow is built by one thread and then run.
 */
public final class Flow {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final String ERRORS = "errors";
    private static final String ITEMS = ".items";
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    private final String name;
    private final List<FlowPart> parts = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private String scope = "";
    private Path baseDirectory = Path.of("").toAbsolutePath();
    private Duration interval = DEFAULT_INTERVAL;
    private Optional<Path> stateDirectory;
    private RuntimeSettings runtime = RuntimeSettings.DEFAULT;
    private Optional<Guarantee> guarantee = Optional.empty();

    private Flow(String name) {
        this.name = name;
        this.stateDirectory = Optional.of(Path.of(".penstock").resolve(name));
    }

    /**
     * An empty flow; its state is found by {@code name}.
     *
     * @param name lower case letters, digits and hyphens
     */
    public static Flow named(String name) {
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("Cannot name a flow '" + name
                    + "': its state lies in a file of that name; use lower case letters," + " digits and hyphens");
        }
        return new Flow(name);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** Where relative paths start, those of settings too; the working directory if not given. */
    public Flow baseDirectory(Path directory) {
        baseDirectory = directory.toAbsolutePath().normalize();
        return this;
    }

    /** When epochs are sealed and where state is kept; every 10 s in {@code .penstock/<name>} if not given. */
    public Flow checkpoint(Duration sealInterval, Path directory) {
        interval = requireNonNull(sealInterval, "sealInterval");
        stateDirectory = Optional.of(directory);
        return this;
    }

    /** Keeps no state: nothing survives the end of the run. */
    public Flow withoutCheckpoint() {
        stateDirectory = Optional.empty();
        return this;
    }

    /** Threads and memory. */
    public Flow runtime(RuntimeSettings settings) {
        runtime = requireNonNull(settings, "settings");
        return this;
    }

    /** How many chains run side by side; 1 if not given. */
    public Flow workers(int count) {
        runtime = runtime.withWorkers(count);
        return this;
    }

    /** What the flow must promise; {@link #plan} refuses when its parts cannot give it. */
    public Flow guarantee(Guarantee wanted) {
        guarantee = Optional.of(wanted);
        return this;
    }

    /** Where rows go that connectors cannot take, by a step named {@code errors}; without it they stop the pipeline. */
    public Flow deadLetters(String connector, Map<String, ?> settings) {
        requireNonNull(connector, "connector");
        Map<String, ?> kept = Map.copyOf(settings);
        take(ERRORS);
        add(planner -> planner.deadLetters(connector, kept));
        return this;
    }

    /** Reads items of the program itself. */
    public <T> Stream<T> read(String step, ItemSource<T> source) {
        requireNonNull(source, "source");
        String id = claim(step);
        add(ProgramConnector.source(id, source));
        return new Stream<>(this, id);
    }

    /** Reads rows as objects; see {@link #rows}. */
    public Stream<Row> read(String step, String connector, Map<String, ?> settings) {
        return read(step, connector, settings, columns -> RowView::detach);
    }

    /** Reads rows and makes an item of each, without an object for the row; see {@link #rows}. */
    public <T> Stream<T> read(String step, String connector, Map<String, ?> settings, RowReader<T> reader) {
        RowStream rows = rows(step, connector, settings);
        return rows.mapAs(rows.nodeId() + ITEMS, reader);
    }

    /**
     * Reads rows as columns. The settings are those of a source in a pipeline file, with {@code format} and
     * {@code columns} where they are wanted, and are checked by {@link #plan}.
     */
    public RowStream rows(String step, String connector, Map<String, ?> settings) {
        requireNonNull(connector, "connector");
        Map<String, ?> kept = Map.copyOf(settings);
        String id = claim(step);
        add(planner -> planner.source(id, connector, kept));
        return new RowStream(this, id);
    }

    /**
     * Builds several steps as parts of one: their ids begin with {@code step} and a point, and {@code penstock graph}
     * draws them inside it. This is how a plain Java function becomes an operator of its own.
     */
    public <R> R scope(String step, Supplier<R> operator) {
        return within(claim(step), operator);
    }

    /** As {@link #plan(ConnectorCatalog)}, with the connectors on the class path. */
    public Plan plan() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return plan(ConnectorCatalog.load(loader == null ? Flow.class.getClassLoader() : loader));
    }

    /**
     * What an engine runs. Nothing is opened or connected to.
     *
     * @throws dev.penstock.dataflow.PipelineException with all that is wrong with the settings of connectors
     */
    public Plan plan(ConnectorCatalog catalog) {
        FlowPlanner planner = new FlowPlanner(catalog, baseDirectory);
        parts.forEach(part -> part.addTo(planner));
        CheckpointSettings checkpoint = new CheckpointSettings(
                interval, stateDirectory.map(path -> baseDirectory.resolve(path).normalize()));
        return planner.plan(name, checkpoint, runtime, guarantee);
    }

    /** Builds steps whose ids begin with {@code id}, which was claimed, and a point. */
    <R> R within(String id, Supplier<R> operator) {
        String outer = scope;
        scope = id + ".";
        try {
            return operator.get();
        } finally {
            scope = outer;
        }
    }

    /**
     * Takes the name of a step in the scope at hand and gives its full id.
     *
     * @throws IllegalArgumentException if it is taken, or not a name
     */
    String claim(String step) {
        requireNonNull(step, "step");
        if (step.isBlank() || step.indexOf('.') >= 0) {
            throw new IllegalArgumentException("Cannot name a step '" + step
                    + "': a name has at least one character and no point, which divides the names of nested steps");
        }
        return take(scope + step);
    }

    private String take(String id) {
        if (!ids.add(id)) {
            throw new IllegalArgumentException(
                    "Cannot add step '" + id + "': flow '" + name + "' has one of that name; give each its own");
        }
        return id;
    }

    /** Refuses a stream of another flow. */
    void checkOwn(Flow other, String id) {
        if (other != this) {
            throw new IllegalArgumentException("Cannot add step '" + id + "': it takes streams of the flows '" + name
                    + "' and '" + other.name + "'; build all of them with one Flow");
        }
    }

    /** Adds a node whose id was claimed, or made of one that was. */
    void add(PlanNode node) {
        parts.add(planner -> planner.add(node));
    }

    /** Adds what becomes nodes once connectors are known. */
    void add(FlowPart part) {
        parts.add(part);
    }

    /** Adds a step without memory and gives its id. */
    String function(String step, List<String> inputs, StepFunction function) {
        return functionAt(claim(step), inputs, function);
    }

    /** As {@link #function}, with a full id that was claimed, or made of one that was. */
    String functionAt(String id, List<String> inputs, StepFunction function) {
        add(new PlanNode.FunctionNode(id, inputs, function));
        return id;
    }

    /**
     * Adds a step with memory and gives its id. Its step reads from {@code inputs}, all of the columns
     * {@link Items#KEYED}, and gives rows of them.
     */
    String keyed(String step, List<? extends KeyedStream<?, ?>> inputs, Function<String, KeyedStep<?>> made) {
        String id = claim(step);
        inputs.forEach(input -> checkOwn(input.flow(), id));
        add(new PlanNode.KeyedNode(id, inputs.stream().map(KeyedStream::nodeId).toList(), made.apply(id)));
        return id;
    }

    /** Adds a node for a further output of the step {@code id}, and gives the id of the node. */
    String output(String id, String outputName, int output) {
        String node = id + "." + outputName;
        add(new PlanNode.OutputNode(node, id, output));
        return node;
    }
}
