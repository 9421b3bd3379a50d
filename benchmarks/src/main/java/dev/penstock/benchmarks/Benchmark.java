package dev.penstock.benchmarks;

import java.io.IOException;
import java.util.List;

/** A piece of work that several contenders do. */
interface Benchmark {
    /** The name on the command line. */
    String name();

    /** What is counted, for example {@code rows/s}. */
    String unit();

    /** Makes the data, once, before the clock runs; gives who competes. */
    List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException;

    /** Whether less is better: then the figures are seconds of the whole process. */
    default boolean measuresSeconds() {
        return false;
    }
}
