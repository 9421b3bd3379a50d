package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.ResolvedPlan;
import dev.penstock.dataflow.SchemaResolver;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.spi.Source;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the first rows of a step without running the pipeline: from where the source begins, whatever the pipeline has
 * read already; no position is kept, and nothing is created, committed or released upstream.
 */
final class Peek implements AutoCloseable {
    private final PeekedStep step;
    private final Source source;
    private final List<Transform> transforms = new ArrayList<>();
    private final Schema schema;
    private int bad;
    private int shown;

    private Peek(PeekedStep step, Source source, ResolvedPlan resolved) {
        this.step = step;
        this.source = source;
        this.schema = requireNonNull(resolved.schemas().get(step.lastId()), step.lastId());
        resolved.plan().nodes(TransformNode.class).forEach(node -> transforms.add(node.create()));
    }

    /** Opens what it takes to see rows of {@code step}. */
    static Peek open(Plan plan, PeekedStep step) {
        Source source = step.source().create();
        try {
            source.open(new CommandContext(plan, step.source().id()));
            ResolvedPlan resolved =
                    SchemaResolver.resolve(step.cut(plan), Map.of(step.source().id(), source), Map.of());
            Peek peek = new Peek(step, source, resolved);
            peek.openTransforms(plan);
            return peek;
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    private void openTransforms(Plan plan) {
        for (int i = 0; i < transforms.size(); i++) {
            transforms
                    .get(i)
                    .open(new CommandContext(plan, step.transforms().get(i).id()));
        }
    }

    /** The columns of the rows. */
    Schema schema() {
        return schema;
    }

    /** What becomes of rows. */
    interface Output {
        void rows(RecordBatch rows);

        /** A row could not be read. */
        void bad(String place, String reason);
    }

    /** Reads until {@code limits} are reached; rows that cannot be read count as well. */
    FirstRows.Ending read(FirstRows.Limits limits, Output output) {
        return FirstRows.read(source, limits, rows -> {
            int before = shown + bad;
            rows.bad().forEach(row -> bad(row.partition() + " " + row.position(), row.cause(), output));
            RecordBatch out = rows.rows();
            for (Transform transform : transforms) {
                out = apply(transform, out, output);
            }
            int count = Math.min(out.rowCount(), limits.rows() - shown);
            output.rows(out.slice(0, count));
            shown += count;
            return shown + bad - before;
        });
    }

    /** How many rows were given. */
    int shown() {
        return shown;
    }

    private RecordBatch apply(Transform transform, RecordBatch input, Output output) {
        if (input.isEmpty()) {
            return input;
        }
        TransformResult result = transform.apply(input);
        result.rejected()
                .forEach(row -> bad(
                        input.origin().partition(row.index()) + " "
                                + input.origin().position(row.index()),
                        row.reason(),
                        output));
        return result.rows();
    }

    private void bad(String place, String reason, Output output) {
        bad++;
        output.bad(place.strip(), reason);
    }

    @Override
    public void close() {
        try (source) {
            transforms.forEach(Transform::close);
        }
    }
}
