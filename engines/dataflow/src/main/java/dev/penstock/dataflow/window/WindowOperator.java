package dev.penstock.dataflow.window;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.data.RecordBatch;
import java.util.function.Supplier;

/**
 * Runs a {@link WindowStep} on one worker. One timer a key and clock: it is due when the first of its windows closes or
 * the first of its waiting values has its turn, and is left alone when that moves to later, as it does with every item
 * of a session.
 */
final class WindowOperator<V, A, R> implements KeyedOperator<WindowState<V>> {
    private static final long CLOSE = 0;
    private static final long TRIGGER = 1;

    private final WindowRows<V, R> rowsOut;
    private final Windower windower;
    private final boolean eventTime;
    private final boolean ordered;
    private final boolean takesLate;
    private final long allowedLateness;
    private final long rememberFor;
    private final long triggerInterval;
    private final KeyWindows windows;
    private final WindowFirings<V, A, R> firings;
    private final Supplier<WindowState<V>> newState = WindowState::new;

    /** The greatest wall clock seen, so that one that is set back opens no window again. */
    private long latestClock = Long.MIN_VALUE;

    WindowOperator(WindowRows<V, R> rows, WindowLogic<V, A, R> logic, WindowOptions options) {
        this.rowsOut = rows;
        this.windower = options.windower();
        this.eventTime = options.clock() == TimeDomain.EVENT;
        this.ordered = options.ordered();
        this.takesLate = options.allowedLateness().isPresent();
        this.allowedLateness = options.allowedLateness().map(Micros::of).orElse(0L);
        this.rememberFor = Micros.of(windower.rememberFor());
        EarlyTrigger trigger = options.trigger().orElse(null);
        this.triggerInterval = trigger instanceof EarlyTrigger.Every every ? Micros.of(every.interval()) : 0;
        int triggerItems = trigger instanceof EarlyTrigger.EveryItems every ? every.items() : Integer.MAX_VALUE;
        this.windows = new KeyWindows(allowedLateness);
        this.firings = new WindowFirings<>(rows, logic, triggerItems);
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<WindowState<V>> context) {
        WindowState<V> state = begin(context);
        long watermark = watermark(context);
        int input = rows.input();
        for (int i = 0; i < rows.count(); i++) {
            long time = eventTime ? rows.batch().eventTime(rows.row(i)) : watermark;
            long rowWatermark = eventTime ? rows.watermark(i) : watermark;
            V value = rowsOut.value(rows, i);
            if (time == RecordBatch.NO_EVENT_TIME) {
                rowsOut.late(Windower.NO_WINDOW, time, value, context);
                context.countLate(1);
            } else if (time < rowWatermark && !takesLate) {
                windower.lateFor(time, id -> rowsOut.late(id, time, value, context));
                context.countLate(1);
            } else {
                long turn = Math.max(time, rowWatermark);
                if (ordered && turn > watermark) {
                    state.pending().add(turn, time, input, value);
                } else {
                    insert(state, turn, time, input, value);
                }
            }
        }
        settle(state, watermark);
    }

    @Override
    public void onTimer(Timer timer, KeyContext<WindowState<V>> context) {
        WindowState<V> state = begin(context);
        long watermark = watermark(context);
        if (timer.tag() == TRIGGER) {
            state.triggerAt = WindowState.NO_TIMER;
            firings.fireChanged(state);
        } else {
            state.timerAt = WindowState.NO_TIMER;
            release(state, watermark);
        }
        settle(state, watermark);
    }

    @Override
    public void onEnd(KeyContext<WindowState<V>> context) {
        WindowState<V> state = begin(context);
        release(state, Long.MAX_VALUE);
        settle(state, Long.MAX_VALUE);
    }

    private WindowState<V> begin(KeyContext<WindowState<V>> context) {
        firings.context = context;
        return context.state().orElseGet(newState);
    }

    private long watermark(KeyContext<?> context) {
        if (eventTime) {
            return context.watermark();
        }
        latestClock = Math.max(latestClock, context.processingTime());
        return latestClock;
    }

    /** Lets the values in whose turn it is. */
    private void release(WindowState<V> state, long watermark) {
        PendingValues<V> pending = state.pending;
        if (pending == null) {
            return;
        }
        for (PendingValues.Pending<V> next = pending.poll(watermark); next != null; next = pending.poll(watermark)) {
            insert(state, next.turn(), next.time(), next.input(), next.value());
        }
    }

    /** Adds a value to its windows, as they are at the watermark {@code turn}. */
    private void insert(WindowState<V> state, long turn, long time, int input, V value) {
        windows.show(state, turn);
        windower.openFor(time, windows);
        for (int i = 0; i < windows.chosenCount(); i++) {
            firings.add(windows.chosen(i), input, value);
        }
        OpenWindow[] merges = windows.merges();
        for (int i = 0; i < merges.length; i += 2) {
            firings.merge(merges[i], merges[i + 1]);
            state.remove(merges[i]);
        }
        if (windows.anyFull()) {
            close(state, KeyWindows.AT_ONCE);
        }
        if (windows.anyRefused()) {
            windows.refused(id -> rowsOut.late(id, time, value, firings.context()));
            firings.context().countLate(1);
        }
    }

    private void close(WindowState<V> state, long watermark) {
        for (OpenWindow due = state.firstDue(watermark); due != null; due = state.firstDue(watermark)) {
            boolean last = due.isFull() || !takesLate;
            firings.close(due, last);
            state.lastTime = Math.max(state.lastTime, due.closeTime);
            if (last) {
                state.remove(due);
            }
        }
    }

    /** Closes what is due, and sees to it that the key is called again, or forgotten. */
    private void settle(WindowState<V> state, long watermark) {
        close(state, watermark);
        if (takesLate) {
            state.removeGone(watermark, allowedLateness);
        }
        long next = nextTime(state, watermark);
        KeyContext<WindowState<V>> context = firings.context();
        if (next == WindowState.NO_TIMER && state.isEmpty()) {
            cancel(state.timerAt, CLOSE);
            cancel(state.triggerAt, TRIGGER);
            context.drop();
            return;
        }
        if (next < state.timerAt) {
            cancel(state.timerAt, CLOSE);
            context.setTimer(timer(next, CLOSE));
            state.timerAt = next;
        }
        armTrigger(state);
        context.put(state);
    }

    private long nextTime(WindowState<V> state, long watermark) {
        if (!state.isEmpty()) {
            return state.nextTime(allowedLateness);
        }
        long forgetAt = Micros.plus(state.lastTime, rememberFor);
        return state.nextId == 0 || forgetAt <= watermark ? WindowState.NO_TIMER : forgetAt;
    }

    private void armTrigger(WindowState<V> state) {
        if (triggerInterval > 0 && state.triggerAt == WindowState.NO_TIMER && state.anyChanged()) {
            long now = firings.context().processingTime();
            state.triggerAt = Micros.plus(now, triggerInterval);
            firings.context().setTimer(Timer.processingTime(state.triggerAt, TRIGGER));
        }
    }

    private void cancel(long time, long tag) {
        if (time != WindowState.NO_TIMER) {
            Timer timer = tag == TRIGGER ? Timer.processingTime(time, tag) : timer(time, tag);
            firings.context().cancelTimer(timer);
        }
    }

    private Timer timer(long time, long tag) {
        return eventTime ? Timer.eventTime(time, tag) : Timer.processingTime(time, tag);
    }
}
