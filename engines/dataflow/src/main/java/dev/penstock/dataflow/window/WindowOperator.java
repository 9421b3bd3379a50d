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

    /** Whether waiting values may be left to wait until a window closes. */
    private final boolean lazy;

    private final long allowedLateness;
    private final long rememberFor;
    private final long triggerInterval;
    private final KeyWindows windows;
    private final WindowFirings<V, A, R> firings;
    private final Supplier<WindowState<V>> newState = WindowState::new;

    /** The greatest wall clock seen, so that one that is set back opens no window again. */
    private long latestClock = Long.MIN_VALUE;

    /** The timer that was made last. */
    private Timer last;

    /** What is kept of the key at hand, and the watermark while it is. */
    private WindowState<V> state = new WindowState<>();

    private long watermark;

    WindowOperator(WindowRows<V, R> rows, WindowLogic<V, A, R> logic, WindowOptions options) {
        this.rowsOut = rows;
        this.windower = options.windower();
        this.eventTime = options.clock() == TimeDomain.EVENT;
        this.last = eventTime ? Timer.eventTime(0, CLOSE) : Timer.processingTime(0, CLOSE);
        this.ordered = options.ordered();
        this.takesLate = options.allowedLateness().isPresent();
        this.allowedLateness = options.allowedLateness().map(Micros::of).orElse(0L);
        this.rememberFor = Micros.of(windower.rememberFor());
        EarlyTrigger trigger = options.trigger().orElse(null);
        this.triggerInterval = trigger instanceof EarlyTrigger.Every every ? Micros.of(every.interval()) : 0;
        int triggerItems = trigger instanceof EarlyTrigger.EveryItems every ? every.items() : Integer.MAX_VALUE;
        this.lazy = !takesLate && trigger == null && !logic.emitsWhenAdding();
        this.windows = new KeyWindows(allowedLateness);
        this.firings = new WindowFirings<>(rows, logic, triggerItems);
    }

    /** Windows that end by the time in the rows have timers, which fire at the end; others are closed key by key. */
    @Override
    public boolean endsKeys() {
        return !(eventTime && windower instanceof AlignedWindower);
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<WindowState<V>> context) {
        begin(context);
        release(watermark);
        for (int i = 0; i < rows.count(); i++) {
            long time = eventTime ? rows.batch().eventTime(rows.row(i)) : watermark;
            long rowWatermark = eventTime ? rows.watermark(i) : watermark;
            boolean isLate = time < rowWatermark && !takesLate;
            if (isLate || time == RecordBatch.NO_EVENT_TIME) {
                late(time, rowsOut.value(rows, i));
            } else {
                take(Math.max(time, rowWatermark), time, rows, i);
            }
        }
        settle(watermark);
    }

    @Override
    public void onTimer(Timer timer, KeyContext<WindowState<V>> context) {
        begin(context);
        release(watermark);
        if (timer.tag() == TRIGGER) {
            state.triggerAt(WindowState.NO_TIMER);
            firings.fireChanged(state);
        } else {
            state.timerAt = WindowState.NO_TIMER;
        }
        settle(watermark);
    }

    @Override
    public void onEnd(KeyContext<WindowState<V>> context) {
        begin(context);
        release(Long.MAX_VALUE);
        settle(Long.MAX_VALUE);
    }

    private void begin(KeyContext<WindowState<V>> context) {
        firings.context = context;
        state = context.state().orElseGet(newState);
        if (!eventTime) {
            latestClock = Math.max(latestClock, context.processingTime());
        }
        watermark = eventTime ? context.watermark() : latestClock;
    }

    /** Adds the values whose turn it is. */
    private void release(long until) {
        PendingValues<V> pending = state.known();
        if (pending == null) {
            return;
        }
        for (PendingValues.Pending<V> next = pending.poll(until); next != null; next = pending.poll(until)) {
            insert(next.turn(), next.time(), next.input(), next.value());
        }
    }

    private void late(long time, V value) {
        KeyContext<?> context = firings.context();
        context.countLate(1);
        if (!context.isTaken(WindowStep.LATE)) {
            return;
        }
        if (time == RecordBatch.NO_EVENT_TIME) {
            rowsOut.late(Windower.NO_WINDOW, time, value, context);
        } else {
            windower.lateFor(time, id -> rowsOut.late(id, time, value, context));
        }
    }

    /** Lets a row wait for its turn, or adds it. */
    private void take(long turn, long time, KeyedRows rows, int index) {
        V value = rowsOut.value(rows, index);
        if (ordered && turn > watermark) {
            state.pending().add(turn, time, rows.input(), value);
        } else {
            insert(turn, time, rows.input(), value);
        }
    }

    /** Adds a value to its windows, as they are at the watermark {@code turn}. */
    private void insert(long turn, long time, int input, V value) {
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
            close(KeyWindows.AT_ONCE);
        }
        if (windows.anyRefused()) {
            windows.refused(id -> rowsOut.late(id, time, value, firings.context()));
            firings.context().countLate(1);
        }
    }

    private void close(long until) {
        for (OpenWindow due = state.firstDue(until); due != null; due = state.firstDue(until)) {
            boolean last = due.isFull() || !takesLate;
            firings.close(due, last);
            state.closed(due);
            if (last) {
                state.remove(due);
            }
        }
    }

    /** Closes what is due, and sees to it that the key is called again, or forgotten. */
    private void settle(long until) {
        close(until);
        if (takesLate) {
            state.removeGone(until, allowedLateness);
        }
        long next = nextTime(until);
        if (next == WindowState.NO_TIMER && state.isEmpty()) {
            forget();
            return;
        }
        if (next < state.timerAt) {
            cancel(state.timerAt, CLOSE);
            firings.context().setTimer(timer(next, CLOSE));
            state.timerAt = next;
        }
        armTrigger();
        firings.context().put(state);
    }

    private void forget() {
        cancel(state.timerAt, CLOSE);
        cancel(state.triggerAt(), TRIGGER);
        firings.context().drop();
    }

    private long nextTime(long until) {
        if (!state.isEmpty()) {
            long turn = state.nextTurn();
            boolean waits = lazy && turn != WindowState.NO_TIMER;
            return Math.min(state.nextWindowTime(allowedLateness), waits ? windower.closesAfter(turn) : turn);
        }
        long forgetAt = Micros.plus(state.lastTime(), rememberFor);
        return state.nextId() == 0 || forgetAt <= until ? WindowState.NO_TIMER : forgetAt;
    }

    private void armTrigger() {
        if (triggerInterval > 0 && state.triggerAt() == WindowState.NO_TIMER && state.anyChanged()) {
            long now = firings.context().processingTime();
            state.triggerAt(Micros.plus(now, triggerInterval));
            firings.context().setTimer(Timer.processingTime(state.triggerAt(), TRIGGER));
        }
    }

    private void cancel(long time, long tag) {
        if (time != WindowState.NO_TIMER) {
            firings.context().cancelTimer(tag == TRIGGER ? Timer.processingTime(time, tag) : timer(time, tag));
        }
    }

    /** Many keys one after the other ask for the same timer. */
    private Timer timer(long time, long tag) {
        Timer timer = last;
        if (timer.time() != time || timer.tag() != tag) {
            timer = eventTime ? Timer.eventTime(time, tag) : Timer.processingTime(time, tag);
            last = timer;
        }
        return timer;
    }
}
