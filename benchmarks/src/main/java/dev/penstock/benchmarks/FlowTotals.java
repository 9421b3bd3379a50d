package dev.penstock.benchmarks;

import java.util.concurrent.atomic.LongAdder;

/** What came out of a dataflow: every contender adds it up at its sinks, and it must be right. */
final class FlowTotals {
    static final LongAdder COUNT = new LongAdder();
    static final LongAdder SUM = new LongAdder();

    private FlowTotals() {}

    static void add(long count, long sum) {
        COUNT.add(count);
        SUM.add(sum);
    }

    static void reset() {
        COUNT.reset();
        SUM.reset();
    }

    /** Fails unless what came out of {@code events} is what had to. */
    static void check(FlowWork work, long events) {
        long expected = switch (work) {
            case STATELESS -> FlowLogic.expected(events);
            case WINDOWS_1, WINDOWS_1000, WINDOWS_1000000, SESSIONS -> FlowWork.sum(events);
            case STATEFUL -> events;
            case JOINS -> events * (events - 1);
        };
        long found = work == FlowWork.STATEFUL ? COUNT.sum() : SUM.sum();
        if (found != expected) {
            throw new IllegalStateException("Cannot count the run of '" + work.text() + "': " + found
                    + " came out and not " + expected + "; look for lost or late events");
        }
        System.out.println(COUNT.sum() + " rows out");
    }
}
