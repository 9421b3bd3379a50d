package dev.penstock.engine.embedded.testing;

import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.plan.CheckpointSettings;
import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.spi.Connector;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes plans of test connectors. */
public final class Plans {
    private static final Config NOTHING = ConfigSpec.of().parse(Map.of()).orThrow();

    private final List<PlanNode> nodes = new ArrayList<>();
    private Optional<Path> state = Optional.empty();
    private Duration interval = Duration.ofMillis(20);
    private Duration commitInterval = Duration.ZERO;
    private ErrorPolicy errors = new ErrorPolicy.Halt();
    private Duration discoveryInterval = Duration.ofMillis(20);
    private int workers = 1;
    private int batchRows = 1000;
    private long queueBytes = 1 << 20;
    private long stateMemory = Long.MAX_VALUE;
    private int maxRestarts = 3;

    public static Plans from(Connector source) {
        return new Plans().source("in", source);
    }

    public Plans source(String id, Connector source) {
        nodes.add(new PlanNode.SourceNode(id, source, NOTHING));
        return this;
    }

    public Plans transform(String id, Connector transform) {
        nodes.add(new PlanNode.TransformNode(id, last(), transform, NOTHING));
        return this;
    }

    public Plans function(String id, BatchFunction function) {
        nodes.add(new PlanNode.FunctionNode(id, last(), function));
        return this;
    }

    /** A step with memory, of the step before or of {@code inputs}. */
    public Plans keyed(KeyedStep<?> step, String... inputs) {
        nodes.add(new PlanNode.KeyedNode(step.id(), inputs.length == 0 ? last() : List.of(inputs), step));
        return this;
    }

    public Plans node(PlanNode node) {
        nodes.add(node);
        return this;
    }

    public Plans sink(String id, String input, Connector sink) {
        return node(sinkNode(id, List.of(input), sink));
    }

    public Plans state(Path directory) {
        state = Optional.of(directory);
        return this;
    }

    public Plans interval(Duration wanted) {
        interval = wanted;
        return this;
    }

    public Plans commitInterval(Duration wanted) {
        commitInterval = wanted;
        return this;
    }

    public Plans workers(int wanted) {
        workers = wanted;
        return this;
    }

    public Plans batchRows(int wanted) {
        batchRows = wanted;
        return this;
    }

    public Plans queueBytes(long wanted) {
        queueBytes = wanted;
        return this;
    }

    public Plans stateMemory(long wanted) {
        stateMemory = wanted;
        return this;
    }

    public Plans discoveryInterval(Duration wanted) {
        discoveryInterval = wanted;
        return this;
    }

    public Plans maxRestarts(int wanted) {
        maxRestarts = wanted;
        return this;
    }

    public Plans deadLetters(Connector sink) {
        errors = new ErrorPolicy.DeadLetter(sinkNode("dead", List.of(), sink));
        return this;
    }

    /** The plan, all of whose rows go to {@code sink}. */
    public Plan to(Connector sink) {
        return to("out", sink);
    }

    public Plan to(String id, Connector sink) {
        return build(sinkNode(id, last(), sink));
    }

    /** The plan, with {@code more} steps. */
    public Plan build(PlanNode... more) {
        List<PlanNode> all = new ArrayList<>(nodes);
        all.addAll(List.of(more));
        RuntimeSettings runtime = new RuntimeSettings(
                        workers, batchRows, 1 << 16, queueBytes, discoveryInterval, maxRestarts)
                .withStateMemoryBytes(stateMemory);
        return new Plan(
                "test",
                Path.of("."),
                new CheckpointSettings(interval, state),
                runtime,
                all,
                errors,
                Guarantee.EXACTLY_ONCE,
                "fingerprint");
    }

    private PlanNode.SinkNode sinkNode(String id, List<String> inputs, Connector sink) {
        return new PlanNode.SinkNode(id, inputs, sink, NOTHING, WriteMode.append(), commitInterval);
    }

    private List<String> last() {
        List<String> sources = nodes.stream()
                .filter(PlanNode.SourceNode.class::isInstance)
                .map(PlanNode::id)
                .toList();
        PlanNode newest = nodes.get(nodes.size() - 1);
        return newest instanceof PlanNode.SourceNode ? sources : List.of(newest.id());
    }
}
