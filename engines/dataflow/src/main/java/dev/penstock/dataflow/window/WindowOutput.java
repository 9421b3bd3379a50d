package dev.penstock.dataflow.window;

/** Takes the results of a window; valid during the call only. */
@FunctionalInterface
public interface WindowOutput<R> {
    /** Gives out one result of the window at hand. */
    void emit(R result);
}
