package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A step with memory, as a pipeline declares it: what it is keyed by, what it gives, how its state is kept. Immutable.
 *
 * @param <S> the state of one key
 */
public interface KeyedStep<S> {
    /** Unique in the pipeline and stable: state is found again by it. */
    String id();

    /**
     * The key columns of each input. All rows with equal values in them go to the same worker, and see the same state;
     * null is a value like others. Inputs have as many key columns each, of kinds that can be equal.
     */
    List<List<String>> keyColumns();

    /** The columns of each output, of which there is at least one, given those of each input; pure. */
    List<Schema> outputs(List<Schema> inputs);

    /** The names of the outputs behind the first, in order; pipeline files write {@code from: step.name}. */
    default List<String> furtherOutputs() {
        return List.of();
    }

    /**
     * When the rows of an input happened. Empty if they carry their event times already and watermarks come from the
     * steps before.
     */
    default Optional<EventTime> eventTime(int input) {
        return Optional.empty();
    }

    /** How state becomes bytes. */
    StateCodec<S> codec();

    /**
     * How long a key is kept after its state was last put, by the wall clock; empty for until it is dropped. A key that
     * goes takes its timers with it and is not told.
     */
    default Optional<Duration> timeToLive() {
        return Optional.empty();
    }

    /**
     * How many windows a state holds open, for the meter of open windows; called whenever a state is put, so it must be
     * cheap. Empty for a step without windows, and for one with a time to live, whose keys may go unseen.
     */
    default Optional<ToIntFunction<S>> openWindows() {
        return Optional.empty();
    }

    /**
     * Looks at what {@code state} refers to and an operator uses at once: called for many states one after the other
     * before the operator is, so that the processor waits for their memory together. Nothing is to be changed.
     */
    default void bringNear(S state) {}

    /** What it is called in graphs. */
    default String kind() {
        return "keyed";
    }

    /** Whether the rows it gives depend neither on the wall clock nor on the order in which senders' rows come in. */
    default boolean deterministic() {
        return false;
    }

    /** A new operator for one worker. */
    KeyedOperator<S> create();
}
