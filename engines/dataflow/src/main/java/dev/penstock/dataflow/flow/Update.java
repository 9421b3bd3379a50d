package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a function makes of the state of a key and an item: the state from now on, and what it gives. Immutable.
 *
 * @param <S> the state of one key
 * @param <R> what is given
 */
public final class Update<S, R> {
    private final @Nullable S state;
    private final R output;

    private Update(@Nullable S state, R output) {
        this.state = state;
        this.output = requireNonNull(output, "output");
    }

    /** Keeps {@code state} and gives {@code output}. */
    public static <S, R> Update<S, R> keep(S state, R output) {
        return new Update<>(requireNonNull(state, "state"), output);
    }

    /** Forgets the key, whose next item begins anew, and gives {@code output}. */
    public static <S, R> Update<S, R> drop(R output) {
        return new Update<>(null, output);
    }

    /** The state from now on, or null if the key is to be forgotten. */
    @Nullable S state() {
        return state;
    }

    /** What is given. */
    R output() {
        return output;
    }
}
