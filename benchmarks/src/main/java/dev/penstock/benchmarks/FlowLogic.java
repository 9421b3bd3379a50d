package dev.penstock.benchmarks;

import java.util.List;

/** The functions of the dataflows, the same for every contender in Java. */
final class FlowLogic {
    private static final int SLOTS = 3;

    private FlowLogic() {}

    /** map. */
    static FlowEvent doubled(FlowEvent event) {
        return new FlowEvent(event.key, event.micros, event.value * 2);
    }

    /** flatMap. */
    static List<Long> parts(FlowEvent event) {
        return List.of(event.value, event.value + 1);
    }

    /** filter. */
    static boolean isWanted(long part) {
        return part % SLOTS != 0;
    }

    /** map. */
    static long shifted(long part) {
        return part + 7;
    }

    /** The sum of what comes out of these four of {@code events} events. */
    static long expected(long events) {
        long sum = 0;
        for (long i = 0; i < Math.min(events, 1_000); i++) {
            long times = events / 1_000 + (i < events % 1_000 ? 1 : 0);
            long even = 2 * i;
            sum += times * ((isWanted(even) ? shifted(even) : 0) + (isWanted(even + 1) ? shifted(even + 1) : 0));
        }
        return sum;
    }
}
