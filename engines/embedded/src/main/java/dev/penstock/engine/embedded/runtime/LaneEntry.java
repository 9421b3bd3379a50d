package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.StageEvent;
import dev.penstock.engine.embedded.keyed.TimeEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Where a lane behind an exchange begins: does what the exchange says, barriers excepted. */
sealed interface LaneEntry {
    /** Does what is said, before it returns. */
    void accept(StageEvent event);

    /** What is to be done about time in the lane. */
    LaneTime time();

    /** The lane's thread has started. */
    default void begin() {}

    /** Rows go on as they come. */
    record Plain(Stage next) implements LaneEntry {
        private static final LaneTime NONE = new LaneTime(InstantSource.system(), List.of(), Map.of());

        @Override
        public void accept(StageEvent event) {
            if (event instanceof StageEvent.Rows rows) {
                next.accept(rows.batch());
            }
        }

        @Override
        public LaneTime time() {
            return NONE;
        }
    }

    /** Rows come to a step with memory. */
    record Keyed(KeyedWork work, LaneTime time) implements LaneEntry {
        /** All that the gates of this lane wait for is the step itself. */
        @Override
        public void begin() {
            time.onAll(new TimeEvent.Begun());
        }

        @Override
        public void accept(StageEvent event) {
            if (event instanceof StageEvent.Rows rows) {
                work.rows(rows.input(), rows.batch());
            } else if (event instanceof StageEvent.Watermark watermark) {
                work.watermark(watermark.micros());
            } else if (event instanceof StageEvent.Idle) {
                work.idle();
            }
        }
    }

    /** Rows were spread over lanes, each batch with where it comes from. */
    record Spread(String stepId, List<Stage> next, CurrentOrigin current, LaneTime time) implements LaneEntry {
        @Override
        public void accept(StageEvent event) {
            if (event instanceof StageEvent.Rows rows) {
                rows.origin().ifPresent(current::set);
                TransformStage.handOn(rows.batch(), next);
            } else if (event instanceof StageEvent.Time said && said.event() instanceof TimeEvent.Begun) {
                time.onAll(said.event());
            } else if (event instanceof StageEvent.Time said) {
                time.on(stepId, said.event());
            } else if (event instanceof StageEvent.Watermark watermark) {
                time.on(stepId, new TimeEvent.Watermark(stepId, watermark.micros()));
            } else if (event instanceof StageEvent.Idle) {
                time.on(stepId, new TimeEvent.Idle(stepId));
            }
        }
    }
}
