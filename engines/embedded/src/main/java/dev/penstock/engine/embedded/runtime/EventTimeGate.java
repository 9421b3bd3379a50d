package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.plan.PlanNode.KeyedNode;
import dev.penstock.engine.embedded.keyed.LateMarks;
import dev.penstock.engine.embedded.keyed.PartitionWatermarks;
import dev.penstock.engine.embedded.keyed.RestoredWatermarks;
import dev.penstock.engine.embedded.keyed.RowOrigin;
import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.engine.embedded.protocol.StateChanges;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.RecordBatch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Before an input that says when its rows happened: gives them their times, marks those that are late in their own
 * partition, and says how far time has come over all partitions that this lane reads.
 */
final class EventTimeGate implements Gate {
    private static final RowOrigin NOBODY = new RowOrigin("", "");

    private final KeyedNode node;
    private final int input;
    private final EventTime eventTime;
    private final PlannedColumns columns;
    private final CurrentOrigin current;
    private final InstantSource clock;
    private final Inlet inlet;
    private final KeyedStages stages;
    private final boolean keeps;
    private final PartitionWatermarks watermarks;
    private final Set<RowOrigin> untold = new HashSet<>();
    private final Set<RowOrigin> unrestored = new HashSet<>();
    private final List<RowOrigin> gone = new ArrayList<>();
    private long sent = KeyContext.NO_WATERMARK;
    private boolean begun;
    private boolean idle;
    private RowOrigin seen = NOBODY;

    /**
     * What a gate is made of beside its step.
     *
     * @param keeps whether it is the one that keeps what is known of its partitions
     */
    record Parts(PlannedColumns columns, CurrentOrigin current, KeyedStages stages, Inlet inlet, boolean keeps) {}

    EventTimeGate(KeyedNode node, int input, EventTime eventTime, Parts parts) {
        this.node = node;
        this.input = input;
        this.eventTime = eventTime;
        this.columns = parts.columns();
        this.current = parts.current();
        this.clock = parts.stages().clock();
        this.stages = parts.stages();
        this.inlet = parts.inlet();
        this.keeps = parts.keeps();
        this.watermarks = new PartitionWatermarks(eventTime.outOfOrder(), eventTime.idleAfter());
    }

    @Override
    public void accept(RecordBatch batch) {
        columns.check(batch);
        long[] times = times(batch);
        RowOrigin origin = current.origin();
        seen = origin;
        if (unrestored.remove(origin)) {
            watermarks.begin(origin, restored(origin), () -> Long.MAX_VALUE);
        }
        Optional<long[]> marks = watermarks.observe(origin, times);
        if (untold.contains(origin)) {
            watermarks.silent(origin, clock.millis());
        }
        RecordBatch timed = batch.withEventTimes(times);
        idle = false;
        inlet.rows(marks.isPresent() ? LateMarks.put(timed, marks.get()) : timed);
        advance();
    }

    private long[] times(RecordBatch batch) {
        try {
            return eventTime.times().times(batch);
        } catch (ConnectorException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new FatalException(
                    "Cannot tell the times of rows for step '" + node.id() + "': " + e
                            + "; mend the function that gives them, then run again",
                    e);
        }
    }

    /** Not before all partitions of the start are known: one of them may begin earlier than those that are. */
    private void advance() {
        if (!begun) {
            return;
        }
        long watermark = watermarks.watermark();
        if (watermark > sent) {
            sent = watermark;
            inlet.watermark(watermark);
        }
    }

    @Override
    public void on(TimeEvent event) {
        if (event instanceof TimeEvent.Begin begin) {
            begin(begin);
        } else if (event instanceof TimeEvent.Read read) {
            read(read.partition());
        } else if (event instanceof TimeEvent.Silent silent) {
            watermarks.silent(silent.partition(), silent.sinceMillis());
        } else if (event instanceof TimeEvent.End end) {
            watermarks.end(end.partition());
            if (end.gone()) {
                gone.add(end.partition());
            }
            settle();
        } else if (event instanceof TimeEvent.Begun) {
            begun = true;
            settle();
        }
    }

    /** All rows of a partition may be for others, for example because a filter drops them: that is silence, here. */
    private void read(RowOrigin partition) {
        if (!partition.equals(seen)) {
            watermarks.passedBy(partition, clock.millis());
        }
        seen = NOBODY;
    }

    private void begin(TimeEvent.Begin begin) {
        RowOrigin partition = begin.partition();
        if (begin.tells()) {
            watermarks.begin(partition, restored(partition), begin.silentUntil());
        } else {
            // A lane begins before anything is restored, so that what is known of it is asked for with its first rows.
            watermarks.begin(partition, KeyContext.NO_WATERMARK, begin.silentUntil());
            unrestored.add(partition);
            untold.add(partition);
            watermarks.silent(partition, clock.millis());
        }
        if (idle) {
            idle = false;
            inlet.watermark(sent);
        }
    }

    private long restored(RowOrigin partition) {
        return stages.restored(node.id()).of(input, partition);
    }

    @Override
    public boolean look() {
        long before = sent;
        boolean wasIdle = idle;
        watermarks.look(clock.millis());
        settle();
        return sent != before || idle != wasIdle;
    }

    /** The watermark may move, or there may be nobody left to wait for, although no row came. */
    private void settle() {
        advance();
        if (begun && !idle && watermarks.isIdle()) {
            idle = true;
            inlet.idle();
        }
    }

    @Override
    public long nextLook() {
        return watermarks.nextLook();
    }

    @Override
    public Optional<StateChanges> changes() {
        List<PartitionWatermarks.Latest> moved = watermarks.takeMoved().stream()
                .filter(latest -> keeps && !gone.contains(latest.partition()))
                .toList();
        if (moved.isEmpty() && gone.isEmpty()) {
            return Optional.empty();
        }
        StateChanges changes = RestoredWatermarks.changes(node.id(), input, moved, List.copyOf(gone));
        gone.clear();
        return Optional.of(changes);
    }
}
