package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.FunctionNode;
import dev.penstock.dataflow.plan.PlanNode.KeyedNode;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.SpreadNode;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.engine.embedded.runtime.PlanGraph.Port;
import dev.penstock.spi.Capability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the chain of one lane: each step that rows come to without changing threads once, fused with those behind. */
final class LaneChain {
    private final ChainBuilder chains;
    private final Ends ends;
    private final LaneParts parts;
    private final Rejections rejections;
    private final int worker;
    private final Map<Port, Stage> stages = new HashMap<>();
    private final Map<String, List<Inlet>> inlets = new HashMap<>();
    private final List<KeyedWork> works = new ArrayList<>();
    private final Map<Gate, Set<String>> gates = new HashMap<>();

    /** The last stages of a lane, which lead out of it. */
    interface Ends {
        /** What takes the rows of a sink. */
        Stage sink(SinkNode node, LaneParts parts, Rejections rejections);

        /** An input of a step with memory in another thread. */
        Inlet inlet(Port port, LaneParts parts);

        /** What spreads rows over other threads. */
        Gate spread(SpreadNode node, Set<String> origins, LaneParts parts);
    }

    /** @param worker which of the lanes of its kind it is, from 0 */
    LaneChain(ChainBuilder chains, Ends ends, LaneParts parts, Rejections rejections, int worker) {
        this.chains = chains;
        this.ends = ends;
        this.parts = parts;
        this.rejections = rejections;
        this.worker = worker;
    }

    /** What takes the rows of each output of {@code node}. */
    List<List<Stage>> outputs(PlanNode node) {
        return chains.graph().outputs(node).stream()
                .map(ports -> ports.stream().map(this::stage).toList())
                .toList();
    }

    private Stage stage(Port port) {
        Stage known = stages.get(port);
        if (known == null) {
            known = known(port.node(), make(port));
            stages.put(port, known);
        }
        return known;
    }

    /** What only hands rows on, or to transforms that say themselves what they take, needs no guard. */
    private Stage known(PlanNode node, Stage stage) {
        if (node instanceof SpreadNode || node instanceof TransformNode) {
            return stage;
        }
        boolean takes =
                node instanceof SinkNode sink && sink.connector().descriptor().can(Capability.PARTIAL_UPDATES);
        return new KnownValuesStage(node.id(), column -> takes, rejections, stage);
    }

    private Stage make(Port port) {
        PlanNode node = port.node();
        if (node instanceof SinkNode sink) {
            return ends.sink(sink, parts, rejections);
        }
        if (node instanceof KeyedNode keyed) {
            return gate(keyed, port);
        }
        if (node instanceof SpreadNode spread) {
            Set<String> origins = origins(spread.inputs());
            Gate gate = ends.spread(spread, origins, parts);
            gates.put(gate, origins);
            return gate;
        }
        if (node instanceof FunctionNode function) {
            return chains.stage(function, context(function), outputs(function));
        }
        return chains.stage((TransformNode) node, rejections, outputs(node).get(0));
    }

    private FunctionContext context(FunctionNode node) {
        return new LaneFunctionContext(node.id(), worker, parts);
    }

    private Gate gate(KeyedNode node, Port port) {
        Inlet inlet = chains.graph().parallel()
                ? ends.inlet(port, parts)
                : inline(node).get(port.input());
        Set<String> origins = origins(List.of(node.inputs().get(port.input())));
        PlannedColumns columns = new PlannedColumns(node.id(), chains.stages().input(node, port.input()));
        Optional<EventTime> eventTime = node.step().eventTime(port.input());
        Gate gate = eventTime.isPresent()
                ? new EventTimeGate(
                        node,
                        port.input(),
                        eventTime.get(),
                        new EventTimeGate.Parts(columns, parts.current, chains.stages(), inlet, keeps(origins)))
                : new PassingGate(List.copyOf(origins), columns, parts.current, inlet);
        gates.put(gate, origins);
        return gate;
    }

    /** What is known of a partition is kept by the one lane that reads it, not by those its rows are spread over. */
    private boolean keeps(Set<String> origins) {
        return origins.stream().noneMatch(chains.graph()::isSpread);
    }

    private List<Inlet> inline(KeyedNode node) {
        List<Inlet> known = inlets.get(node.id());
        if (known == null) {
            known = work(node).inlets();
            inlets.put(node.id(), known);
        }
        return known;
    }

    /** A step with memory in this lane. */
    KeyedWork work(KeyedNode node) {
        KeyedWork work = new KeyedWork(node, worker, chains.stages(), parts.current, outputs(node));
        works.add(work);
        return work;
    }

    private Set<String> origins(List<String> inputs) {
        Set<String> found = new LinkedHashSet<>();
        inputs.forEach(input -> found.addAll(chains.graph().origins(input)));
        return found;
    }

    /** Everything about time in this lane; once all its chains are made. */
    LaneTime time() {
        works.sort(Comparator.comparingInt(work -> chains.graph().position(work.node())));
        Map<String, List<Gate>> gatesOf = new HashMap<>();
        gates.forEach((gate, origins) -> origins.forEach(origin ->
                gatesOf.computeIfAbsent(origin, id -> new ArrayList<>()).add(gate)));
        for (KeyedWork work : works) {
            for (Gate gate : gatesOf.getOrDefault(work.node().id(), List.of())) {
                work.followedBy(gate);
                gate.on(new TimeEvent.Begin(work.origin(), false, () -> Long.MAX_VALUE));
            }
        }
        return new LaneTime(chains.stages().clock(), works, gatesOf);
    }

    /** Where a function runs. */
    private record LaneFunctionContext(String stepId, int worker, LaneParts parts) implements FunctionContext {
        @Override
        public long epoch() {
            return parts.epoch();
        }
    }
}
