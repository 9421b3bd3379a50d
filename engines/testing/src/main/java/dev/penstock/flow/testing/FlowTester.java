package dev.penstock.flow.testing;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.flow.Flow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a flow in many ways that must all give the same: batches of one and of many, several workers, an epoch for every
 * item, stopped and started again after every item, crashed at random moments, with slow sinks and full queues.
 *
 * <pre>{@code
 * FlowTester.of(bed -> {
 *     Flow flow = Flow.named("counts");
 *     flow.read("in", bed.source("in", "a", "b", "a"))
 *             .keyBy("word", word -> word)
 *             .statefulMap("count", …)
 *             .to("out", bed.sink("out", Count::word));
 *     return flow;
 * }).everyWay();
 * }</pre>
 *
 * <p>The order of items is compared within a key of a sink only; items of different keys may come in any order. Items
 * are compared by {@code equals}.
 *
 * <p>The flow must be one whose results do not depend on what cannot be promised: the order in which partitions are
 * read relative to each other, and the wall clock.
 */
public final class FlowTester {
    private static final int CRASHES = 5;

    private final Function<TestBed, Flow> flow;
    private final long seed;
    private final int crashes;

    private FlowTester(Function<TestBed, Flow> flow, long seed, int crashes) {
        this.flow = flow;
        this.seed = seed;
        this.crashes = crashes;
    }

    /** A tester of what {@code flow} makes: a new flow each time, over the sources and sinks of the bed it is given. */
    public static FlowTester of(Function<TestBed, Flow> flow) {
        return new FlowTester(requireNonNull(flow, "flow"), System.nanoTime(), CRASHES);
    }

    /** With the random choices of {@code wanted}, as a failure has named it. */
    public FlowTester seed(long wanted) {
        return new FlowTester(flow, wanted, crashes);
    }

    /** With {@code ways} that crash, each several times, instead of five. */
    public FlowTester crashes(int ways) {
        return new FlowTester(flow, seed, ways);
    }

    /**
     * Runs the flow in every way.
     *
     * @return what it gave
     * @throws AssertionError if two ways give different results, with the way, the first difference and the seed
     * @throws RuntimeException what stops the flow, if it fails in the plainest way already
     */
    public FlowResults everyWay() {
        TestBed expected = run(Way.PLAIN);
        for (Way way : Way.others(seed, crashes)) {
            Optional<String> difference = Difference.first(expected, runOrFail(way));
            if (difference.isPresent()) {
                throw new AssertionError(message(
                        way,
                        difference.get()
                                + "; keep all memory in the state of steps, and let results depend on items alone"));
            }
        }
        return new FlowResults(expected);
    }

    /** Runs the flow once, with one worker and nothing in its way. */
    public FlowResults onceOnly() {
        return new FlowResults(run(Way.PLAIN));
    }

    private TestBed runOrFail(Way way) {
        try {
            return run(way);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(message(way, "it fails: " + e.getMessage()), e);
        }
    }

    private String message(Way way, String what) {
        return "Cannot rely on the flow: run '" + way.name() + "' differs from '" + Way.PLAIN.name() + "': " + what
                + " (to repeat, use seed(" + seed + "L))";
    }

    private TestBed run(Way way) {
        TestBed bed = new TestBed();
        try (TemporaryState state = TemporaryState.create()) {
            way.drive().accept(new Lives(flow, bed, TestEngine.withState(state.directory())));
        }
        return bed;
    }

    /** The names of the ways, in order. */
    static List<String> ways() {
        return Way.others(0, 1).stream().map(Way::name).toList();
    }
}
