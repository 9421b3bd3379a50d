package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.engine.embedded.keyed.WatermarkMerger;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/** Before an input that says nothing of time: times and watermarks are those of the steps before. */
final class PassingGate implements Gate {
    private final List<String> origins;
    private final WatermarkMerger watermarks;
    private final PlannedColumns columns;
    private final CurrentOrigin current;
    private final Inlet inlet;
    private boolean idle;

    /** @param origins the steps before that have watermarks of their own, and sources, which have none */
    PassingGate(List<String> origins, PlannedColumns columns, CurrentOrigin current, Inlet inlet) {
        this.origins = List.copyOf(origins);
        this.watermarks = new WatermarkMerger(origins.size());
        this.columns = columns;
        this.current = current;
        this.inlet = inlet;
    }

    @Override
    public void accept(RecordBatch batch) {
        columns.check(batch);
        if (idle) {
            idle = false;
            watermarks.active(origins.indexOf(current.origin().stepId()));
        }
        inlet.rows(batch);
    }

    @Override
    public void on(TimeEvent event) {
        if (event instanceof TimeEvent.Watermark watermark) {
            idle = false;
            if (watermarks.watermark(origins.indexOf(watermark.stepId()), watermark.micros())) {
                inlet.watermark(watermarks.merged());
            }
        } else if (event instanceof TimeEvent.Idle idling) {
            idle = true;
            boolean moved = watermarks.idle(origins.indexOf(idling.stepId()));
            if (moved && watermarks.merged() != KeyContext.NO_WATERMARK) {
                inlet.watermark(watermarks.merged());
            }
            if (watermarks.isIdle()) {
                inlet.idle();
            }
        }
    }
}
