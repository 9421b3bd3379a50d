package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.engine.embedded.Progress;
import dev.penstock.engine.embedded.StepProgress;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts what the pipeline does, over all incarnations of one call of run. Safe for use from any thread. */
final class Counters {
    final LongAdder unchanged = new LongAdder();
    final LongAdder epochs = new LongAdder();
    final LongAdder restarts = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder deadLetters = new LongAdder();
    final AtomicLong partitions = new AtomicLong();
    private final Map<String, StepCounters> steps = new LinkedHashMap<>();
    private final Map<Operation, LongAdder> operations = new EnumMap<>(Operation.class);
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile String activity = "starting";
    private volatile LongSupplier queueBytes = () -> 0;
    private final LongAccumulator newestMicros = new LongAccumulator(Math::max, RecordBatch.NO_EVENT_TIME);

    Counters(Plan plan) {
        for (PlanNode node : plan.nodes()) {
            steps.put(node.id(), new StepCounters());
        }
        for (Operation operation : Operation.values()) {
            operations.put(operation, new LongAdder());
        }
    }

    /** The counters of a step; a dead-letter sink gets some when it is first asked for. */
    StepCounters step(String id) {
        synchronized (steps) {
            return steps.computeIfAbsent(id, unknown -> new StepCounters());
        }
    }

    /** The counters of all steps of the plan. */
    Map<String, StepCounters> steps() {
        synchronized (steps) {
            return new LinkedHashMap<>(steps);
        }
    }

    void queueBytes(LongSupplier now) {
        queueBytes = now;
    }

    double queueBytes() {
        return queueBytes.getAsLong();
    }

    /** How far the newest row lies back by its event time; empty if rows have none. */
    Optional<Duration> lag() {
        long newest = newestMicros.get();
        return newest == RecordBatch.NO_EVENT_TIME
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - newest / 1000)));
    }

    /** {@link #lag} for meters; not a number if rows have no event time. */
    double lagSeconds() {
        return lag().map(lag -> lag.toMillis() / 1e3).orElse(Double.NaN);
    }

    void activity(String now) {
        activity = now;
    }

    void read(Given given) {
        rows.add(given.rows());
        bytes.add(given.bytes());
        newestMicros.accumulate(given.newestMicros());
        for (Operation operation : Operation.values()) {
            count(operation, given.byOperation()[operation.code()]);
        }
    }

    private void count(Operation operation, int count) {
        LongAdder adder = operations.get(operation);
        if (adder != null) {
            adder.add(count);
        }
    }

    Progress progress() {
        Map<Operation, Long> byOperation = new EnumMap<>(Operation.class);
        operations.forEach((operation, adder) -> byOperation.put(operation, adder.sum()));
        Map<String, StepProgress> byStep = new LinkedHashMap<>();
        synchronized (steps) {
            steps.forEach((id, counters) -> byStep.put(id, counters.progress()));
        }
        return new Progress(
                rows.sum(),
                bytes.sum(),
                Map.copyOf(byOperation),
                byStep,
                partitions.get(),
                unchanged.sum(),
                epochs.sum(),
                restarts.sum(),
                deadLetters.sum(),
                lag(),
                activity);
    }
}
