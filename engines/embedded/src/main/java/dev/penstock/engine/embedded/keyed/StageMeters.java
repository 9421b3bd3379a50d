package dev.penstock.engine.embedded.keyed;

/** What one worker of a step with memory keeps. Any thread may ask; an answer may be a moment old. */
public final class StageMeters {
    private final KeyedState<?> state;

    StageMeters(KeyedState<?> state) {
        this.state = state;
    }

    /** How many keys are live, in memory and not. */
    public long keys() {
        return state.count();
    }

    /** How many keys are not in memory, but in the store alone. */
    public long spilledKeys() {
        return state.coldCount();
    }

    /** What the keys in memory take, in bytes, roughly. */
    public long stateBytes() {
        return state.live().bytes();
    }

    /** Whether the step says how many windows a key holds open. */
    public boolean hasWindows() {
        return state.live().windows().areCounted();
    }

    /** How many windows the keys hold open, in memory and not. */
    public long openWindows() {
        return state.live().windows().count();
    }
}
