package dev.penstock.dataflow.flow;

import static dev.penstock.dataflow.flow.Collected.NO_TIMER;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.Timer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Collects the items of a key into lists. The idle timer is not moved by each item: when it is due, it looks when the
 * last one came.
 */
final class CollectOperator<V> implements KeyedOperator<Collected<V>> {
    private static final long IDLE = 0;
    private static final long WAITED = 1;

    private final int size;
    private final long idleMicros;
    private final long waitMicros;

    CollectOperator(Until until) {
        this.size = until.size();
        this.idleMicros = micros(until.idle());
        this.waitMicros = micros(until.waited());
    }

    private static long micros(Optional<Duration> time) {
        return time.isPresent() ? Timer.micros(time.get()) : NO_TIMER;
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<Collected<V>> context) {
        V[] items = Items.of(rows.batch());
        Object key = ItemRows.key(rows);
        Collected<V> open = context.state().orElse(null);
        for (int i = 0; i < rows.count(); i++) {
            open = open == null ? Collected.at(context.processingTime()) : open;
            open.add(items[rows.row(i)], context.processingTime());
            if (open.items().size() >= size) {
                cancelTimers(open, context);
                context.emitAt(0, rows.batch().eventTime(rows.row(i)), key, list(open));
                open = null;
            }
        }
        if (open == null) {
            context.drop();
        } else {
            setTimers(open, context);
            context.put(open);
        }
    }

    private static <V> List<V> list(Collected<V> open) {
        return Collections.unmodifiableList(open.items());
    }

    private void setTimers(Collected<V> open, KeyContext<?> context) {
        if (open.idleTimer() == NO_TIMER && idleMicros != NO_TIMER) {
            open.setIdleTimer(open.last() + idleMicros);
            context.setTimer(Timer.processingTime(open.idleTimer(), IDLE));
        }
        if (open.waitTimer() == NO_TIMER && waitMicros != NO_TIMER) {
            open.setWaitTimer(open.first() + waitMicros);
            context.setTimer(Timer.processingTime(open.waitTimer(), WAITED));
        }
    }

    private static void cancelTimers(Collected<?> open, KeyContext<?> context) {
        if (open.idleTimer() != NO_TIMER) {
            context.cancelTimer(Timer.processingTime(open.idleTimer(), IDLE));
        }
        if (open.waitTimer() != NO_TIMER) {
            context.cancelTimer(Timer.processingTime(open.waitTimer(), WAITED));
        }
    }

    @Override
    public void onTimer(Timer timer, KeyContext<Collected<V>> context) {
        Collected<V> open = context.state().orElse(null);
        if (open == null) {
            return;
        }
        if (timer.tag() == WAITED || idleMicros == NO_TIMER || open.last() + idleMicros <= timer.time()) {
            give(open, context);
        } else {
            open.setIdleTimer(NO_TIMER);
            setTimers(open, context);
            context.put(open);
        }
    }

    @Override
    public void onEnd(KeyContext<Collected<V>> context) {
        context.state().ifPresent(open -> give(open, context));
    }

    private void give(Collected<V> open, KeyContext<Collected<V>> context) {
        cancelTimers(open, context);
        context.drop();
        ItemRows.emit(context, list(open));
    }
}
