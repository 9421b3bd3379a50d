package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.DeadLetters;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.KeyedNode;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.PlanNode.SpreadNode;
import dev.penstock.engine.embedded.keyed.AlignedInput;
import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.runtime.PlanGraph.Port;
import dev.penstock.spi.Routing;
import dev.penstock.spi.data.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The exchanges between lanes: which steps have lanes of their own, and how many lanes send to each. With one worker
 * there are none: everything is in its thread.
 */
final class Wiring {
    /** The queues before the workers have one half of what may wait, all exchanges together the other. */
    static final int QUEUE_USERS = 2;

    private static final int EXCHANGE_BATCHES = 4;

    private final OpenSteps steps;
    private final int workers;
    private final List<PlanNode> threaded;
    private final long bytesOfEach;
    private final List<Set<Port>> regions = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Map<String, List<AlignedInput>> inputs = new HashMap<>();
    private final Map<Port, Deque<Exchange.Sender>> senders = new HashMap<>();
    private final Deque<Exchange.Sender> letterSenders = new ArrayDeque<>();

    Wiring(OpenSteps steps, PlanGraph graph, int workers) {
        this.steps = steps;
        this.workers = workers;
        Plan plan = steps.plan();
        this.threaded = plan.nodes().stream()
                .filter(node -> graph.parallel() && (node instanceof KeyedNode || node instanceof SpreadNode))
                .toList();
        long planned = threaded.size()
                + steps.sinks().stream().filter(Wiring::isRouted).count()
                + steps.deadLetters().stream().count();
        this.bytesOfEach = plan.runtime().queueBytes() / QUEUE_USERS / Math.max(1, planned);
        plan.nodes(SourceNode.class).stream()
                .map(graph::reached)
                .reduce(Wiring::union)
                .ifPresent(regions::add);
        threaded.forEach(node -> regions.add(graph.reached(node)));
        if (graph.parallel()) {
            threaded.forEach(this::connect);
            steps.sinks().forEach(this::connect);
            steps.deadLetters().ifPresent(this::connect);
        }
    }

    private static Set<Port> union(Set<Port> one, Set<Port> other) {
        one.addAll(other);
        return one;
    }

    /** How many lanes send rows to {@code port}. */
    int sendersOf(Port port) {
        return workers
                * (int) regions.stream().filter(region -> region.contains(port)).count();
    }

    private void connect(PlanNode node) {
        List<Port> ports = IntStream.range(
                        0, node instanceof KeyedNode ? node.inputs().size() : 1)
                .mapToObj(input -> new Port(node, input))
                .toList();
        Exchange exchange =
                exchange(workers, ports.stream().mapToInt(this::sendersOf).sum());
        for (Port port : ports) {
            Schema schema = schema(node.inputs().get(port.input()));
            senders.put(
                    port,
                    new ArrayDeque<>(
                            node instanceof KeyedNode keyed
                                    ? exchange.connect(
                                            port.input(),
                                            sendersOf(port),
                                            schema,
                                            keyed.step().keyColumns().get(port.input()))
                                    : exchange.connectSpreading(sendersOf(port))));
        }
        inputs.put(node.id(), exchange.inputs());
    }

    private static boolean isRouted(SinkStep step) {
        return step.routing() instanceof Routing.ByKey || step.routing() instanceof Routing.Single;
    }

    private void connect(SinkStep step) {
        Port port = new Port(step.node(), 0);
        if (step.routing() instanceof Routing.ByKey byKey) {
            connect(port, workers, byKey.columns());
        } else if (step.routing() instanceof Routing.Single) {
            connect(port, 1, List.of());
        }
    }

    private void connect(Port port, int count, List<String> key) {
        Exchange exchange = exchange(count, sendersOf(port));
        Schema schema = schema(port.node().id());
        senders.put(port, new ArrayDeque<>(exchange.connect(0, sendersOf(port), schema, key)));
        inputs.put(port.node().id(), exchange.inputs());
    }

    /** Every lane so far may have dead letters. */
    private void connect(DeadLetterStep letters) {
        int lanes = lanes();
        Exchange exchange = exchange(1, lanes);
        letterSenders.addAll(exchange.connect(0, lanes, DeadLetters.SCHEMA, List.of()));
        inputs.put(letters.sink().node().id(), exchange.inputs());
    }

    private Exchange exchange(int count, int senderCount) {
        long bytes = bytesOfEach / ((long) senderCount * count);
        Exchange exchange = new Exchange(count, EXCHANGE_BATCHES, Math.max(1, bytes));
        exchanges.add(exchange);
        return exchange;
    }

    /** The columns of what comes out of {@code id}; for a sink, of what goes in. */
    Schema schema(String id) {
        return requireNonNull(steps.schemas().get(id), id);
    }

    /** How many lanes there are. */
    int lanes() {
        return workers + inputs.values().stream().mapToInt(List::size).sum();
    }

    /** The steps with lanes of their own, those of sinks excepted. */
    List<PlanNode> threaded() {
        return threaded;
    }

    /** What the lanes of step {@code id} take from; none if it has no lanes of its own. */
    List<AlignedInput> inputs(String id) {
        return inputs.getOrDefault(id, List.of());
    }

    /** The sender to {@code port} of one more lane; none if the port has no exchange. */
    Optional<Exchange.Sender> sender(Port port) {
        return Optional.ofNullable(senders.get(port)).map(Deque::remove);
    }

    /** The sender of dead letters of one more lane; none if there is no exchange for them. */
    Optional<Exchange.Sender> letterSender() {
        return Optional.ofNullable(letterSenders.poll());
    }

    /** How many writers sink {@code node} gets. */
    int writers(SinkNode node) {
        int own = inputs(node.id()).size();
        return own > 0 ? own : sendersOf(new Port(node, 0));
    }

    List<Exchange> exchanges() {
        return exchanges;
    }
}
