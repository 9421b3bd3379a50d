package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.DeadLetters;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.protocol.Incarnation;
import dev.penstock.engine.embedded.protocol.Lane;
import dev.penstock.engine.embedded.protocol.LaneSink;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.SinkWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workers of an incarnation with their writers. Used by the coordinating thread alone. */
final class Crew {
    private final Surroundings surroundings;
    private final Incarnation incarnation;
    private final OpenSteps steps;
    private final Closing closing;
    private final ChainBuilder chains;
    private final List<Worker> workers = new ArrayList<>();
    private final List<SinkWriter> writers = new ArrayList<>();

    Crew(Surroundings surroundings, Incarnation incarnation, OpenSteps steps, Closing closing) {
        this.surroundings = surroundings;
        this.incarnation = incarnation;
        this.steps = steps;
        this.closing = closing;
        this.chains = new ChainBuilder(steps.plan(), surroundings, incarnation.generation(), closing);
    }

    /** How many workers there will be: one if a sink wants all rows, or all of a key, in one writer. */
    int size() {
        boolean any = steps.allSinks().stream().allMatch(sink -> sink.routing() instanceof Routing.Any);
        return any ? Math.max(1, steps.plan().runtime().workers()) : 1;
    }

    /** Makes all workers, each for the queue of the same index. */
    void build(List<LaneQueue> queues, Worker.Coordination coordination) {
        RuntimeSettings runtime = steps.plan().runtime();
        Coalescing coalescing = new Coalescing(runtime.batchRows(), runtime.batchBytes());
        for (int index = 0; index < queues.size(); index++) {
            Map<String, LaneSink> lanes = sinks(index, queues.size());
            Chain chain = chains.chain(rejections(lanes), (node, rejections) -> stage(node, rejections, lanes));
            Lane lane = new Lane(index, incarnation.runId(), incarnation.firstEpoch(), List.copyOf(lanes.values()));
            workers.add(new Worker(lane, queues.get(index), chain, coordination, coalescing));
        }
    }

    private Map<String, LaneSink> sinks(int index, int count) {
        Map<String, LaneSink> lanes = new LinkedHashMap<>();
        for (SinkStep step : steps.allSinks()) {
            SinkWriter writer = closing.add(step.writer(
                    incarnation.slot(step.sinkId(), index, count),
                    snapshots(step.node().id())));
            writers.add(writer);
            lanes.put(step.node().id(), new LaneSink(step.node().id(), index, writer, step.transactional()));
        }
        return lanes;
    }

    private Rejections rejections(Map<String, LaneSink> lanes) {
        if (steps.deadLetters().isEmpty()) {
            return new HaltOnRejection();
        }
        DeadLetterStep step = steps.deadLetters().get();
        SinkNode node = step.sink().node();
        LaneSink lane = requireNonNull(lanes.get(node.id()), node.id());
        Stage write = new SinkStage(
                step.sink(),
                lane.writer(),
                step.schema(),
                surroundings.counters().step(node.id()),
                new HaltOnRejection());
        Stage out = step.encoder()
                .map(encoder -> chains.stage(encoder, new HaltOnRejection(), List.of(write)))
                .orElse(write);
        DeadLetters letters = new DeadLetters(surroundings.plan().pipeline(), Clock.systemUTC());
        return new SetAside(letters, out, surroundings.counters());
    }

    private List<ResumeState> snapshots(String sinkId) {
        return incarnation.recovered().snapshots().stream()
                .filter(snapshot -> snapshot.sinkId().equals(sinkId))
                .map(snapshot -> snapshot.state())
                .toList();
    }

    private Stage stage(SinkNode node, Rejections rejections, Map<String, LaneSink> lanes) {
        SinkStep step = steps.sinks().stream()
                .filter(sink -> sink.node().id().equals(node.id()))
                .findFirst()
                .orElseThrow();
        LaneSink lane = requireNonNull(lanes.get(node.id()), node.id());
        return new SinkStage(
                step,
                lane.writer(),
                requireNonNull(steps.schemas().get(node.id()), node.id()),
                surroundings.counters().step(node.id()),
                rejections);
    }

    /** A decoder for one more reading thread. */
    Decoder decoder() {
        return chains.decoder();
    }

    void start(Threads threads) {
        for (int index = 0; index < workers.size(); index++) {
            threads.start("work-" + index, workers.get(index)::run);
        }
    }

    void barrier(long epoch, boolean last) {
        workers.forEach(worker -> worker.barrier(epoch, last));
    }

    /** Changes whenever something was emitted. */
    long emissions() {
        return workers.stream().mapToLong(Worker::emissions).sum();
    }

    /** Ends all work without ending the epoch. */
    void abort() {
        workers.forEach(Worker::abort);
        writers.forEach(SinkWriter::wakeup);
    }
}
