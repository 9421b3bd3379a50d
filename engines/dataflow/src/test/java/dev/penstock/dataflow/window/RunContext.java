package dev.penstock.dataflow.window;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What {@link WindowRun} keeps of a key. */
final class RunContext implements KeyContext<WindowState<String>> {
    private final Key key;
    private final LongConsumer late;
    private final Set<Timer> timers = new LinkedHashSet<>();
    private Optional<WindowState<String>> state = Optional.empty();
    private long watermark;
    private long clock;

    /** Whether anybody takes more than results. */
    boolean allTaken = true;

    /** @param late is told of late rows */
    RunContext(Key key, LongConsumer late) {
        this.key = key;
        this.late = late;
    }

    RunContext at(long newWatermark, long newClock) {
        watermark = newWatermark;
        clock = newClock;
        return this;
    }

    WindowState<String> kept() {
        return state.orElseThrow();
    }

    void restore(WindowState<String> restored) {
        state = Optional.of(restored);
    }

    boolean isEmpty() {
        return state.isEmpty() && timers.isEmpty();
    }

    List<Timer> takeDue(TimeDomain domain, long until) {
        List<Timer> due = new ArrayList<>(timers.stream()
                .filter(timer -> timer.domain() == domain && timer.time() <= until)
                .toList());
        due.sort(Comparator.comparingLong(Timer::time));
        due.forEach(timers::remove);
        return due;
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public Optional<WindowState<String>> state() {
        return state;
    }

    @Override
    public void put(WindowState<String> newState) {
        state = Optional.of(newState);
    }

    @Override
    public void drop() {
        state = Optional.empty();
    }

    @Override
    public void setTimer(Timer timer) {
        timers.add(timer);
    }

    @Override
    public void cancelTimer(Timer timer) {
        timers.remove(timer);
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public long processingTime() {
        return clock;
    }

    @Override
    public void emit(int output, @Nullable Object... values) {
        throw new UnsupportedOperationException("rows are printed");
    }

    @Override
    public void emitAt(int output, long eventTime, @Nullable Object... values) {
        throw new UnsupportedOperationException("rows are printed");
    }

    @Override
    public void forward(int output, KeyedRows rows, int index) {
        throw new UnsupportedOperationException("rows are printed");
    }

    @Override
    public boolean isTaken(int output) {
        return allTaken || output == WindowStep.RESULTS;
    }

    @Override
    public void countLate(long rows) {
        late.accept(rows);
    }
}
