package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.dataflow.plan.PlanNode.KeyedNode;
import dev.penstock.engine.embedded.keyed.KeyedStage;
import dev.penstock.engine.embedded.keyed.RestoredWatermarks;
import dev.penstock.engine.embedded.keyed.StateBudget;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.spi.Metrics;
import dev.penstock.spi.data.Schema;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the workers of all steps with memory and gives them their state. Filled by the coordinating thread before any
 * other begins, and only read from then on.
 */
final class KeyedStages {
    private final Surroundings surroundings;
    private final Map<String, Schema> schemas;
    private final Closing closing;
    private final Map<String, List<KeyedStage<?>>> made = new LinkedHashMap<>();
    private final Map<String, RestoredWatermarks> restored = new HashMap<>();

    /** @param schemas of what comes out of each step */
    KeyedStages(Surroundings surroundings, Map<String, Schema> schemas, Closing closing) {
        this.surroundings = surroundings;
        this.schemas = schemas;
        this.closing = closing;
    }

    InstantSource clock() {
        return surroundings.clock();
    }

    /** How many workers a step has that is not alone in its thread. */
    int workers() {
        return Math.max(1, surroundings.plan().runtime().workers());
    }

    StepCounters counters(String stepId) {
        return surroundings.counters().step(stepId);
    }

    /** The columns of input {@code input} of {@code node}. */
    Schema input(KeyedNode node, int input) {
        String before = node.inputs().get(input);
        return requireNonNull(schemas.get(before), before);
    }

    /** A worker of {@code node}, which is closed with everything else. */
    KeyedStage<?> make(KeyedNode node, int worker, BatchOutput downstream) {
        List<Schema> inputs = new ArrayList<>();
        for (int input = 0; input < node.inputs().size(); input++) {
            inputs.add(input(node, input));
        }
        KeyedStage<?> stage = closing.add(new KeyedStage<>(node.step(), worker, inputs, clock(), downstream));
        made.computeIfAbsent(node.id(), id -> new ArrayList<>()).add(stage);
        return stage;
    }

    /** Gives each worker the state that is its own; once all are made. */
    void restore(RecoveryStore store, StateBudget budget) {
        made.forEach((id, workers) -> {
            restored.put(id, KeyedStage.restore(store, budget, workers));
            measure(id, workers);
        });
    }

    private void measure(String id, List<KeyedStage<?>> workers) {
        StepCounters counters = counters(id);
        if (counters.keeps(workers)) {
            Metrics metrics = surroundings.meters().of(id);
            metrics.gauge("penstock.watermark.micros", counters::watermarkMicros);
            metrics.gauge(
                    "penstock.watermark.lag.seconds", () -> clock().millis() / 1e3 - counters.watermarkMicros() / 1e6);
            metrics.gauge("penstock.state.keys", counters::stateKeys);
            metrics.gauge("penstock.state.bytes", counters::stateBytes);
            metrics.gauge("penstock.state.spilled.keys", counters::spilledKeys);
            if (workers.get(0).meters().hasWindows()) {
                metrics.gauge("penstock.windows.open", counters::openWindows);
            }
        }
    }

    /** One more epoch is durable; any thread. */
    void durable() {
        made.values().forEach(workers -> workers.forEach(KeyedStage::durable));
    }

    /** What was known of the partitions that feed step {@code id}. */
    RestoredWatermarks restored(String id) {
        return restored.getOrDefault(id, RestoredWatermarks.NONE);
    }
}
