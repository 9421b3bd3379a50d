package dev.penstock.benchmarks;

import java.util.HashMap;
import java.util.Map;

/** The work of a dataflow as a loop written by hand: one thread, no checkpoints, nothing handed on. */
final class FlowHandLoop {
    private long count;
    private long sum;

    private FlowHandLoop() {}

    /** Arguments: which work, how many events. */
    public static void main(String[] arguments) {
        FlowWork work = FlowWork.of(arguments[0]);
        long events = Long.parseLong(arguments[1]);
        new FlowHandLoop().execute(work, work.rounded(events / 10.0));
        FlowTotals.reset();
        Measured measured = Measured.start();
        new FlowHandLoop().execute(work, events);
        measured.print(events);
        FlowTotals.check(work, events);
    }

    /** Whether there is a loop for {@code work} that does what the dataflow does. */
    static boolean has(FlowWork work) {
        return !work.isJoin() && work != FlowWork.SESSIONS;
    }

    private void execute(FlowWork work, long events) {
        FlowWork.Events generator = work.generator();
        if (work == FlowWork.STATELESS) {
            stateless(generator, events);
        } else if (work == FlowWork.STATEFUL) {
            stateful(generator, events);
        } else {
            windows(generator, events);
        }
        FlowTotals.add(count, sum);
    }

    private void out(long value) {
        count++;
        sum += value;
    }

    private void stateless(FlowWork.Events generator, long events) {
        for (long i = 0; i < events; i++) {
            for (long part : FlowLogic.parts(FlowLogic.doubled(generator.event(i)))) {
                if (FlowLogic.isWanted(part)) {
                    out(FlowLogic.shifted(part));
                }
            }
        }
    }

    private void stateful(FlowWork.Events generator, long events) {
        Map<String, Long> sums = new HashMap<>();
        for (long i = 0; i < events; i++) {
            FlowEvent event = generator.event(i);
            out(sums.merge(event.key, event.value, Long::sum));
        }
    }

    /** Two windows are open at most, as events are little out of order. */
    private void windows(FlowWork.Events generator, long events) {
        Map<Long, Map<String, Long>> open = new HashMap<>();
        long watermark = Long.MIN_VALUE;
        for (long i = 0; i < events; i++) {
            FlowEvent event = generator.event(i);
            long window = event.micros / (FlowWork.WINDOW_SECONDS * 1_000_000);
            open.computeIfAbsent(window, any -> new HashMap<>()).merge(event.key, event.value, Long::sum);
            long passed = (event.micros / 1_000_000 - FlowWork.OUT_OF_ORDER_SECONDS) / FlowWork.WINDOW_SECONDS;
            if (passed > watermark) {
                watermark = passed;
                long closed = passed;
                open.entrySet().removeIf(entry -> entry.getKey() < closed && emit(entry.getValue()));
            }
        }
        open.values().forEach(this::emit);
    }

    private boolean emit(Map<String, Long> window) {
        window.values().forEach(this::out);
        return true;
    }
}
