package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.dataflow.plan.PlanNode.KeyedNode;
import dev.penstock.engine.embedded.keyed.KeyedStage;
import dev.penstock.engine.embedded.keyed.RowOrigin;
import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.engine.embedded.keyed.WatermarkMerger;
import dev.penstock.engine.embedded.protocol.StateChanges;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/** A step with memory in one lane: its stage, the chains behind its outputs, and who hears of its watermark. */
final class KeyedWork {
    private final KeyedNode node;
    private final int worker;
    private final RowOrigin origin;
    private final CurrentOrigin current;
    private final StepCounters counters;
    private final List<List<Stage>> outputs;
    private final List<Gate> following = new ArrayList<>();
    private final KeyedStage<?> stage;

    /**
     * @param worker which of the step's lanes this is
     * @param outputs what takes the rows of each output
     */
    KeyedWork(KeyedNode node, int worker, KeyedStages stages, CurrentOrigin current, List<List<Stage>> outputs) {
        this.node = node;
        this.worker = worker;
        // Other numbers of workers divide keys in another way, so that what is known of one is of no use to them.
        this.origin = new RowOrigin(node.id(), "worker-" + worker + " of " + stages.workers());
        this.current = current;
        this.counters = stages.counters(node.id());
        this.outputs = List.copyOf(outputs);
        this.stage = stages.make(node, worker, new Downstream());
    }

    KeyedNode node() {
        return node;
    }

    KeyedStage<?> stage() {
        return stage;
    }

    RowOrigin origin() {
        return origin;
    }

    /** {@code gate} is to hear of the watermark. */
    void followedBy(Gate gate) {
        following.add(gate);
    }

    private void emit(int output, RecordBatch batch) {
        counters.out(batch);
        RowOrigin before = current.origin();
        current.set(origin);
        TransformStage.handOn(batch, output < outputs.size() ? outputs.get(output) : List.of());
        current.set(before);
    }

    /** The chains behind the outputs. */
    private final class Downstream implements BatchOutput {
        @Override
        public void emit(int output, RecordBatch batch) {
            KeyedWork.this.emit(output, batch);
        }

        @Override
        public boolean isTaken(int output) {
            return output < outputs.size() && !outputs.get(output).isEmpty();
        }
    }

    void rows(int input, RecordBatch batch) {
        counters.in(batch);
        stage.rows(input, batch);
        counters.late.add(stage.takeLate());
    }

    void watermark(long micros) {
        stage.watermark(micros);
        counters.watermark(worker, micros);
        counters.late.add(stage.takeLate());
        following.forEach(gate -> gate.on(new TimeEvent.Watermark(node.id(), micros)));
    }

    void idle() {
        following.forEach(gate -> gate.on(new TimeEvent.Idle(node.id())));
    }

    /** Does what is due by the wall clock; gives whether there was anything. */
    boolean advanceClock(long nowMillis) {
        boolean due = stage.nextClockMillis() <= nowMillis;
        if (due) {
            stage.advanceClock();
        }
        return due;
    }

    long nextClockMillis() {
        return stage.nextClockMillis();
    }

    /** All rows have come. */
    void end() {
        stage.end();
    }

    /** What the epoch that ends has changed. */
    StateChanges snapshot() {
        return stage.snapshot()::changes;
    }

    /** Its inputs, for gates in the same thread. */
    List<Inlet> inlets() {
        int count = node.inputs().size();
        WatermarkMerger watermarks = new WatermarkMerger(count);
        List<Inlet> inlets = new ArrayList<>();
        for (int input = 0; input < count; input++) {
            inlets.add(new Inline(this, input, watermarks));
        }
        return inlets;
    }

    /** An input in the same thread. */
    private record Inline(KeyedWork work, int input, WatermarkMerger watermarks) implements Inlet {
        @Override
        public void rows(RecordBatch batch) {
            watermarks.active(input);
            work.rows(input, batch);
        }

        @Override
        public void watermark(long micros) {
            forward(watermarks.watermark(input, micros));
        }

        @Override
        public void idle() {
            boolean before = watermarks.isIdle();
            forward(watermarks.idle(input));
            if (!before && watermarks.isIdle()) {
                work.idle();
            }
        }

        private void forward(boolean moved) {
            if (moved) {
                work.watermark(watermarks.merged());
            }
        }
    }
}
