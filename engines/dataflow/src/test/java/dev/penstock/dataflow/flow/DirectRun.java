package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.TestContext;
import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Poll;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Runs the steps without memory of a plan by one thread, partitions by turns: what an engine does, without all else.
 */
final class DirectRun {
    private final Plan plan;
    private final int batchRows;
    private final Map<String, BatchOperator> operators = new HashMap<>();
    private final Map<String, Transform> transforms = new HashMap<>();
    private final Map<String, SinkWriter> writers = new HashMap<>();

    private DirectRun(Plan plan, int batchRows) {
        this.plan = plan;
        this.batchRows = batchRows;
    }

    /** Reads all sources to their ends, in batches of at most {@code batchRows}. */
    static void run(Flow flow, int batchRows) {
        new DirectRun(flow.plan(), batchRows).run();
    }

    private void run() {
        Queue<Map.Entry<String, SourcePartition>> reading = new ArrayDeque<>();
        for (PlanNode.SourceNode node : plan.nodes(PlanNode.SourceNode.class)) {
            Source source = node.create();
            source.open(new TestContext());
            source.discover(Duration.ZERO)
                    .partitions()
                    .forEach(partition ->
                            reading.add(Map.entry(node.id(), source.partition(partition, Optional.empty()))));
        }
        while (!reading.isEmpty()) {
            Map.Entry<String, SourcePartition> next = reading.remove();
            if (next.getValue().poll(batchRows, Long.MAX_VALUE, Duration.ZERO) instanceof Poll.Rows rows) {
                give(next.getKey(), 0, rows.rows());
                reading.add(next);
            }
        }
    }

    private void give(String from, int output, RecordBatch batch) {
        if (batch.isEmpty()) {
            return;
        }
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.OutputNode further && further.input().equals(from)) {
                if (further.output() == output) {
                    give(further.id(), 0, batch);
                }
            } else if (output == 0 && node.inputs().contains(from)) {
                apply(node, batch);
            }
        }
    }

    private void apply(PlanNode node, RecordBatch batch) {
        if (node instanceof PlanNode.FunctionNode function) {
            operators
                    .computeIfAbsent(node.id(), id -> create(id, function.function()))
                    .apply(batch, (output, made) -> give(node.id(), output, made));
        } else if (node instanceof PlanNode.TransformNode transform) {
            TransformResult result = transforms
                    .computeIfAbsent(node.id(), id -> open(transform, batch))
                    .apply(batch);
            give(node.id(), 0, result.rows());
        } else if (node instanceof PlanNode.SinkNode sink) {
            writers.computeIfAbsent(node.id(), id -> open(sink)).write(batch);
        } else {
            give(node.id(), 0, batch);
        }
    }

    private static BatchOperator create(String id, BatchFunction function) {
        return function.create(new StepContext(id));
    }

    private static Transform open(PlanNode.TransformNode node, RecordBatch batch) {
        Transform transform = node.create();
        transform.output(batch.schema());
        transform.open(new TestContext());
        return transform;
    }

    private static SinkWriter open(PlanNode.SinkNode node) {
        SinkWriter writer = node.create().writer(new WriterSlot(node.id(), "run", 0, 1, 0), List.of());
        writer.begin(new EpochId("run", 1));
        return writer;
    }
}
