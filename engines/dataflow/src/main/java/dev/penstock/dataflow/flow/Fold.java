package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.WindowLogic;
import dev.penstock.dataflow.window.WindowOutput;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the items of a window become a result, one by one. Immutable; the options give a changed copy. The functions are
 * called by several threads at once, for different keys.
 *
 * @param <V> the items
 * @param <A> what is kept of a window, never null
 * @param <R> the results, never null
 */
public final class Fold<V, A, R> {
    private final Supplier<? extends A> initial;
    private final BiFunction<? super A, ? super V, ? extends A> folder;
    private final BinaryOperator<A> merger;
    private final Function<? super A, ? extends R> finisher;
    private final StateCodec<A> codec;

    private Fold(
            Supplier<? extends A> initial,
            BiFunction<? super A, ? super V, ? extends A> folder,
            BinaryOperator<A> merger,
            Function<? super A, ? extends R> finisher,
            StateCodec<A> codec) {
        this.initial = requireNonNull(initial, "initial");
        this.folder = requireNonNull(folder, "folder");
        this.merger = requireNonNull(merger, "merger");
        this.finisher = requireNonNull(finisher, "finisher");
        this.codec = requireNonNull(codec, "codec");
    }

    /**
     * A fold whose result is what is kept.
     *
     * @param initial gives what is kept of a window before its first item; a new object each time, if it can change
     * @param folder gives what is kept with one item more; it may change and give back what it got, if a
     *     {@linkplain #finish finisher} then copies it into the result
     * @param merger gives what is kept of two windows that became one, that of the earlier first
     */
    public static <V, A> Fold<V, A, A> of(
            Supplier<? extends A> initial,
            BiFunction<? super A, ? super V, ? extends A> folder,
            BinaryOperator<A> merger) {
        return new Fold<>(initial, folder, merger, kept -> kept, StateCodec.ofValues());
    }

    /** This fold with the result that {@code finisher} makes of what is kept, which it must not hand out or change. */
    public <S> Fold<V, A, S> finish(Function<? super A, ? extends S> newFinisher) {
        return new Fold<>(initial, folder, merger, newFinisher, codec);
    }

    /** This fold, kept in state by {@code codec}; by {@link StateCodec#ofValues} if not given. */
    public Fold<V, A, R> codec(StateCodec<A> newCodec) {
        return new Fold<>(initial, folder, merger, finisher, newCodec);
    }

    WindowLogic<V, A, R> logic() {
        return new Logic();
    }

    private final class Logic implements WindowLogic<V, A, R> {
        @Override
        public A first(int input, V value, WindowOutput<R> out) {
            return folder.apply(initial.get(), value);
        }

        @Override
        public A add(A accumulator, int input, V value, WindowOutput<R> out) {
            return folder.apply(accumulator, value);
        }

        @Override
        public A merge(A earlier, A later) {
            return merger.apply(earlier, later);
        }

        @Override
        public void close(A accumulator, WindowOutput<R> out) {
            out.emit(finisher.apply(accumulator));
        }

        @Override
        public boolean emitsWhenAdding() {
            return false;
        }

        @Override
        public StateCodec<A> codec() {
            return codec;
        }
    }
}
