package dev.penstock.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a contender took.
 *
 * @param units how much work was done
 * @param seconds in how long
 * @param rssMib peak resident memory of the process tree's largest process, as the operating system counts it
 * @param cpuSeconds processor time of the measured part, or of the process tree if the contender does not say
 */
record Measurement(double units, double seconds, double rssMib, double cpuSeconds) {
    double perSecond() {
        return units / seconds;
    }

    /** Work a second of processor time: what holds on a busy machine. */
    double perCpuSecond() {
        return units / cpuSeconds;
    }

    static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
