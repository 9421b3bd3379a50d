package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.DeadLetters;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.keyed.AlignedInput;
import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.protocol.Incarnation;
import dev.penstock.engine.embedded.protocol.Lane;
import dev.penstock.engine.embedded.protocol.LaneSink;
import dev.penstock.spi.Routing;
import dev.penstock.spi.data.Schema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Makes the crew. A sink that lets any writer take any row gets a writer in each worker's own thread; one that wants
 * its rows divided gets an exchange, unless there is only one worker. Used by the coordinating thread alone.
 */
final class CrewBuilder {
    private static final int EXCHANGE_BATCHES = 4;

    /** A batch that a model works on for many seconds would hold up barriers, progress and stopping. */
    private static final long JOINED_BYTES = 128 * 1024;

    private final Surroundings surroundings;
    private final Incarnation incarnation;
    private final OpenSteps steps;
    private final ChainBuilder chains;
    private final Writers writers;
    private final int workerCount;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Map<String, List<Exchange.Sender>> senders = new HashMap<>();
    private final Map<String, List<AlignedInput>> inputs = new HashMap<>();

    CrewBuilder(Surroundings surroundings, Incarnation incarnation, OpenSteps steps, Closing closing) {
        this.surroundings = surroundings;
        this.incarnation = incarnation;
        this.steps = steps;
        this.chains = new ChainBuilder(steps.plan(), surroundings, incarnation.generation(), closing);
        this.writers = new Writers(incarnation, surroundings.counters(), closing);
        this.workerCount = Math.max(1, steps.plan().runtime().workers());
        connect();
    }

    int workers() {
        return workerCount;
    }

    /** How many lanes contribute to an epoch. */
    int lanes() {
        return workerCount + inputs.values().stream().mapToInt(List::size).sum();
    }

    /** A decoder for one more reading thread, which calls. */
    Decoder decoder() {
        return chains.decoder();
    }

    private void connect() {
        if (workerCount == 1) {
            return;
        }
        int lanes = workerCount;
        for (SinkStep step : steps.sinks()) {
            if (step.routing() instanceof Routing.ByKey byKey) {
                exchange(step, workerCount, workerCount, schema(step), byKey.columns());
                lanes += workerCount;
            } else if (step.routing() instanceof Routing.Single) {
                exchange(step, 1, workerCount, schema(step), List.of());
                lanes++;
            }
        }
        if (steps.deadLetters().isPresent()) {
            exchange(steps.deadLetters().get().sink(), 1, lanes, DeadLetters.SCHEMA, List.of());
        }
    }

    private void exchange(SinkStep step, int count, int senderCount, Schema schema, List<String> key) {
        RuntimeSettings runtime = steps.plan().runtime();
        long bytes = Math.max(1, runtime.queueBytes() / (2L * senderCount * count));
        Exchange exchange = new Exchange(count, EXCHANGE_BATCHES, bytes);
        exchanges.add(exchange);
        senders.put(id(step), exchange.connect(0, senderCount, schema, key));
        inputs.put(id(step), exchange.inputs());
    }

    private static String id(SinkStep step) {
        return step.node().id();
    }

    private Schema schema(SinkStep step) {
        return requireNonNull(steps.schemas().get(id(step)), id(step));
    }

    /** The crew, whose workers take from {@code queues}. */
    Crew build(List<LaneQueue> queues, Worker.Coordination coordination) {
        Iterator<Exchange.Sender> letterSenders = steps.deadLetters()
                .map(letters -> senders.getOrDefault(id(letters.sink()), List.of()))
                .orElse(List.of())
                .iterator();
        List<Worker> workers = new ArrayList<>();
        for (int index = 0; index < workerCount; index++) {
            workers.add(worker(index, queues.get(index), coordination, letterSenders));
        }
        return new Crew(workers, sinkLanes(coordination, letterSenders), exchanges, writers);
    }

    private Worker worker(
            int index, LaneQueue queue, Worker.Coordination coordination, Iterator<Exchange.Sender> letterSenders) {
        RuntimeSettings runtime = steps.plan().runtime();
        LaneParts parts = new LaneParts();
        Chain chain = chains.chain(
                rejections(parts, letterSenders), (node, rejections) -> workerStage(index, node, rejections, parts));
        return new Worker(
                lane(index, parts),
                queue,
                chain,
                coordination,
                new Coalescing(runtime.batchRows(), Math.min(runtime.batchBytes(), JOINED_BYTES)),
                parts.senders);
    }

    private Lane lane(int index, LaneParts parts) {
        return new Lane(index, incarnation.runId(), incarnation.firstEpoch(), parts.sinks);
    }

    private Stage workerStage(int index, SinkNode node, Rejections rejections, LaneParts parts) {
        SinkStep step = steps.sinks().stream()
                .filter(sink -> sink.node().equals(node))
                .findFirst()
                .orElseThrow();
        List<Exchange.Sender> exchanged = senders.get(node.id());
        if (exchanged != null) {
            parts.senders.add(exchanged.get(index));
            return new ExchangeStage(node.id(), exchanged.get(index), schema(step));
        }
        LaneSink sink = writers.make(step, index, workerCount);
        parts.sinks.add(sink);
        return writers.stage(step, sink, schema(step), rejections);
    }

    private List<SinkLane> sinkLanes(Worker.Coordination coordination, Iterator<Exchange.Sender> letterSenders) {
        List<SinkLane> lanes = new ArrayList<>();
        for (SinkStep step : steps.sinks()) {
            List<AlignedInput> from = inputs.getOrDefault(id(step), List.of());
            for (int index = 0; index < from.size(); index++) {
                LaneParts parts = new LaneParts();
                LaneSink sink = writers.make(step, index, from.size());
                parts.sinks.add(sink);
                Stage stage = writers.stage(step, sink, schema(step), rejections(parts, letterSenders));
                lanes.add(sinkLane(
                        id(step) + "-" + index,
                        workerCount + lanes.size(),
                        parts,
                        from.get(index),
                        stage,
                        coordination));
            }
        }
        letterLane(lanes, coordination);
        return lanes;
    }

    private void letterLane(List<SinkLane> lanes, Worker.Coordination coordination) {
        steps.deadLetters().ifPresent(letters -> {
            for (AlignedInput input : inputs.getOrDefault(id(letters.sink()), List.of())) {
                LaneParts parts = new LaneParts();
                Stage stage = letterStage(letters, parts);
                lanes.add(sinkLane(id(letters.sink()), workerCount + lanes.size(), parts, input, stage, coordination));
            }
        });
    }

    private SinkLane sinkLane(
            String name,
            int index,
            LaneParts parts,
            AlignedInput input,
            Stage stage,
            Worker.Coordination coordination) {
        return new SinkLane("write-" + name, lane(index, parts), input, stage, parts.senders, coordination);
    }

    private Rejections rejections(LaneParts parts, Iterator<Exchange.Sender> letterSenders) {
        if (steps.deadLetters().isEmpty()) {
            return new HaltOnRejection();
        }
        DeadLetterStep step = steps.deadLetters().get();
        DeadLetters letters = new DeadLetters(surroundings.plan().pipeline(), Clock.systemUTC());
        return new SetAside(letters, letterOut(step, parts, letterSenders), surroundings.counters());
    }

    private Stage letterOut(DeadLetterStep step, LaneParts parts, Iterator<Exchange.Sender> letterSenders) {
        if (!letterSenders.hasNext()) {
            return letterStage(step, parts);
        }
        Exchange.Sender sender = letterSenders.next();
        parts.senders.add(sender);
        return new ExchangeStage(id(step.sink()), sender, DeadLetters.SCHEMA);
    }

    private Stage letterStage(DeadLetterStep step, LaneParts parts) {
        LaneSink sink = writers.make(step.sink(), 0, 1);
        parts.sinks.add(sink);
        Stage write = writers.stage(step.sink(), sink, step.schema(), new HaltOnRejection());
        return step.encoder()
                .map(encoder -> chains.stage(encoder, new HaltOnRejection(), List.of(write)))
                .orElse(write);
    }

    /** What belongs to one lane. */
    private static final class LaneParts {
        private final List<LaneSink> sinks = new ArrayList<>();
        private final List<Exchange.Sender> senders = new ArrayList<>();
    }
}
