package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.Flow;
import java.util.function.Function;

/** The lives of a flow in one way: each is a new flow of the same factory, over the same bed and the same state. */
final class Lives {
    /** More lives than any way needs for each item. */
    private static final int MAX = 100_000;

    private final Function<TestBed, Flow> flow;
    private final TestBed bed;
    private final TestEngine engine;
    private int count;

    Lives(Function<TestBed, Flow> flow, TestBed bed, TestEngine engine) {
        this.flow = flow;
        this.bed = bed;
        this.engine = engine;
    }

    /** The engine, with the state that all lives share. */
    TestEngine engine() {
        return engine;
    }

    /** Begins the next life, on {@code settings}. */
    TestRun begin(TestEngine settings, Driving driving) {
        if (++count > MAX) {
            throw new AssertionError("Cannot come to an end in " + MAX + " lives: the position does not move");
        }
        bed.drive(driving);
        return settings.start(flow.apply(bed));
    }

    /** A life on {@code settings} that is left alone. */
    TestEngine.Ending live(TestEngine settings, Driving driving) {
        return begin(settings, driving).ending();
    }
}
