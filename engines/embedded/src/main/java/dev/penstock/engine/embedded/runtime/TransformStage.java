package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/** Applies a transform and hands the rows on. */
final class TransformStage implements Stage {
    private final String id;
    private final Transform transform;
    private final StepCounters counters;
    private final Rejections rejections;
    private final List<Stage> next;

    TransformStage(String id, Transform transform, StepCounters counters, Rejections rejections, List<Stage> next) {
        this.id = id;
        this.transform = transform;
        this.counters = counters;
        this.rejections = rejections;
        this.next = next;
    }

    @Override
    public void accept(RecordBatch batch) {
        counters.in(batch);
        TransformResult result = transform.apply(batch);
        rejections.rejected(id, batch, result.rejected());
        counters.out(result.rows());
        handOn(result.rows(), next);
    }

    static void handOn(RecordBatch rows, List<Stage> next) {
        if (!rows.isEmpty()) {
            for (Stage stage : next) {
                stage.accept(rows);
            }
        }
    }
}
