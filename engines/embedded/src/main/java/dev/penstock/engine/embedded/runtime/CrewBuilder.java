package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.DeadLetters;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.KeyedNode;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.SpreadNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.keyed.AlignedInput;
import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.keyed.StateBudget;
import dev.penstock.engine.embedded.protocol.Incarnation;
import dev.penstock.engine.embedded.protocol.LaneSink;
import dev.penstock.engine.embedded.runtime.PlanGraph.Port;
import dev.penstock.engine.embedded.store.RecoveryStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the crew. Whatever can go on in a worker's own thread does: all of it with one worker. With several, a step
 * with memory gets a lane for each worker behind an exchange, and so does a sink that wants its rows divided. Used by
 * the coordinating thread alone.
 */
final class CrewBuilder implements LaneChain.Ends {
    /** A batch that a model works on for many seconds would hold up barriers, progress and stopping. */
    private static final long JOINED_BYTES = 128 * 1024;

    private final Surroundings surroundings;
    private final Incarnation incarnation;
    private final OpenSteps steps;
    private final ChainBuilder chains;
    private final Writers writers;
    private final int workerCount;
    private final Wiring wiring;
    private final Map<String, Integer> writersMade = new HashMap<>();
    private final List<ExchangeLane> lanes = new ArrayList<>();

    CrewBuilder(Surroundings surroundings, Incarnation incarnation, OpenSteps steps, Closing closing) {
        this.surroundings = surroundings;
        this.incarnation = incarnation;
        this.steps = steps;
        this.workerCount = Math.max(1, steps.plan().runtime().workers());
        PlanGraph graph = new PlanGraph(steps.plan(), workerCount > 1);
        this.wiring = new Wiring(steps, graph, workerCount);
        this.chains = new ChainBuilder(graph, steps, surroundings, incarnation.generation(), closing);
        this.writers = new Writers(incarnation, surroundings.counters(), closing);
    }

    int workers() {
        return workerCount;
    }

    /** How many lanes contribute to an epoch. */
    int lanes() {
        return wiring.lanes();
    }

    /** Who shares what may wait evenly: the queues of the workers, and the exchanges if there are any. */
    int queueUsers() {
        return wiring.exchanges().isEmpty() ? 1 : Wiring.QUEUE_USERS;
    }

    /** A decoder for one more reading thread, which calls. */
    Decoder decoder() {
        return chains.decoder();
    }

    /** The crew with the state that {@code store} has for it, whose workers take from {@code queues}. */
    Crew build(List<LaneQueue> queues, RecoveryStore store, StateBudget budget, Worker.Coordination coordination) {
        List<Worker> workers = new ArrayList<>();
        for (int index = 0; index < workerCount; index++) {
            workers.add(worker(index, queues.get(index), coordination));
        }
        for (PlanNode node : wiring.threaded()) {
            for (int index = 0; index < workerCount; index++) {
                lane(node, index, coordination);
            }
        }
        steps.sinks().forEach(step -> sinkLanes(step, coordination));
        steps.deadLetters().ifPresent(letters -> letterLane(letters, coordination));
        chains.stages().restore(store, budget);
        return new Crew(workers, lanes, wiring.exchanges(), writers, chains.stages());
    }

    private Worker worker(int index, LaneQueue queue, Worker.Coordination coordination) {
        RuntimeSettings runtime = steps.plan().runtime();
        LaneParts parts = new LaneParts();
        Rejections rejections = rejections(parts);
        Chain chain = chains.chain(new LaneChain(chains, this, parts, rejections, index), parts, rejections);
        return new Worker(
                parts.lane(index, incarnation),
                queue,
                chain,
                coordination,
                new Coalescing(
                        runtime.batchRows(),
                        Math.min(runtime.batchBytes(), JOINED_BYTES),
                        chain.time().timedSources()),
                parts.senders);
    }

    private void lane(PlanNode node, int index, Worker.Coordination coordination) {
        LaneParts parts = new LaneParts();
        LaneChain chain = new LaneChain(chains, this, parts, rejections(parts), index);
        AlignedInput input = wiring.inputs(node.id()).get(index);
        if (node instanceof KeyedNode keyed) {
            KeyedWork work = chain.work(keyed);
            add("keep-" + node.id() + "-" + index, parts, input, new LaneEntry.Keyed(work, chain.time()), coordination);
        } else {
            List<Stage> next = chain.outputs(node).get(0);
            LaneEntry entry = new LaneEntry.Spread(node.id(), next, parts.current, chain.time());
            add("spread-" + node.id() + "-" + index, parts, input, entry, coordination);
        }
    }

    private void sinkLanes(SinkStep step, Worker.Coordination coordination) {
        for (AlignedInput input : wiring.inputs(step.node().id())) {
            LaneParts parts = new LaneParts();
            Stage stage = writing(step, parts, rejections(parts));
            String name = "write-" + step.node().id() + "-" + (writersMade(step.node()) - 1);
            add(name, parts, input, new LaneEntry.Plain(stage), coordination);
        }
    }

    private void letterLane(DeadLetterStep letters, Worker.Coordination coordination) {
        for (AlignedInput input : wiring.inputs(letters.sink().node().id())) {
            LaneParts parts = new LaneParts();
            LaneEntry entry = new LaneEntry.Plain(letterStage(letters, parts));
            add("write-" + letters.sink().node().id(), parts, input, entry, coordination);
        }
    }

    private void add(
            String name, LaneParts parts, AlignedInput input, LaneEntry entry, Worker.Coordination coordination) {
        lanes.add(new ExchangeLane(
                name, parts.lane(workerCount + lanes.size(), incarnation), input, entry, parts.senders, coordination));
    }

    @Override
    public Stage sink(SinkNode node, LaneParts parts, Rejections rejections) {
        SinkStep step = steps.sinks().stream()
                .filter(sink -> sink.node().equals(node))
                .findFirst()
                .orElseThrow();
        Optional<Exchange.Sender> sender = wiring.sender(new Port(node, 0));
        if (sender.isPresent()) {
            parts.senders.add(sender.get());
            return new ExchangeStage(new PlannedColumns(node.id(), wiring.schema(node.id())), sender.get());
        }
        return writing(step, parts, rejections);
    }

    private Stage writing(SinkStep step, LaneParts parts, Rejections rejections) {
        SinkNode node = step.node();
        LaneSink sink = writers.make(step, writersMade(node), wiring.writers(node));
        writersMade.merge(node.id(), 1, Integer::sum);
        parts.sinks.add(sink);
        return writers.stage(step, sink, wiring.schema(node.id()), rejections);
    }

    private int writersMade(SinkNode node) {
        return writersMade.getOrDefault(node.id(), 0);
    }

    @Override
    public Inlet inlet(Port port, LaneParts parts) {
        return new Sending(port.node().id(), sender(port, parts));
    }

    @Override
    public Gate spread(SpreadNode node, Set<String> origins, LaneParts parts) {
        PlannedColumns columns = new PlannedColumns(node.id(), wiring.schema(node.id()));
        return new SpreadStage(List.copyOf(origins), columns, parts.current, sender(new Port(node, 0), parts));
    }

    private Exchange.Sender sender(Port port, LaneParts parts) {
        Exchange.Sender sender = wiring.sender(port).orElseThrow();
        parts.senders.add(sender);
        return sender;
    }

    private Rejections rejections(LaneParts parts) {
        if (steps.deadLetters().isEmpty()) {
            return new HaltOnRejection();
        }
        DeadLetterStep step = steps.deadLetters().get();
        DeadLetters letters = new DeadLetters(surroundings.plan().pipeline(), Clock.systemUTC());
        return new SetAside(letters, letterOut(step, parts), surroundings.counters());
    }

    private Stage letterOut(DeadLetterStep step, LaneParts parts) {
        Optional<Exchange.Sender> sender = wiring.letterSender();
        if (sender.isEmpty()) {
            return letterStage(step, parts);
        }
        parts.senders.add(sender.get());
        return new ExchangeStage(new PlannedColumns(step.sink().node().id(), DeadLetters.SCHEMA), sender.get());
    }

    private Stage letterStage(DeadLetterStep step, LaneParts parts) {
        LaneSink sink = writers.make(step.sink(), 0, 1);
        parts.sinks.add(sink);
        Stage write = writers.stage(step.sink(), sink, step.schema(), new HaltOnRejection());
        return step.encoder()
                .map(encoder -> chains.stage(encoder, new HaltOnRejection(), List.of(write)))
                .orElse(write);
    }
}
