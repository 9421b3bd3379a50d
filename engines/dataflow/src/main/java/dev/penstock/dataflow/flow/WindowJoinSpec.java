package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A join in windows as a program puts it together. */
record WindowJoinSpec<K>(Windowing<K, ?> windowing, List<Side<K, ?>> sides, InsertMode insert, EmitMode emit) {
    /**
     * A stream, when its items happened, and how those that wait or are joined are kept.
     *
     * @param <V> the items
     */
    record Side<K, V>(KeyedStream<K, V> stream, Clock<V> clock, StateCodec<V> codec) {
        Side {
            requireNonNull(stream, "stream");
            requireNonNull(clock, "clock");
            requireNonNull(codec, "codec");
        }
    }

    WindowJoinSpec {
        sides = List.copyOf(sides);
        requireNonNull(insert, "insert");
        requireNonNull(emit, "emit");
    }

    static <K> WindowJoinSpec<K> of(Windowing<K, ?> windowing, Side<K, ?> first) {
        return new WindowJoinSpec<>(windowing, List.of(first), InsertMode.LAST, EmitMode.FINAL);
    }

    /** This join with one side more. */
    WindowJoinSpec<K> with(Side<K, ?> next) {
        if (windowing.isEventTime() == next.clock() instanceof SystemClock) {
            throw new IllegalArgumentException(
                    "Cannot join streams in windows by different kinds of clocks: windows are"
                            + " of the time of items or of that of the machine; give all sides event clocks, or all the"
                            + " system clock");
        }
        List<Side<K, ?>> more = Stream.concat(sides.stream(), Stream.of(next)).toList();
        return new WindowJoinSpec<>(windowing, more, insert, emit);
    }

    WindowJoinSpec<K> with(InsertMode newInsert) {
        return new WindowJoinSpec<>(windowing, sides, newInsert, emit);
    }

    WindowJoinSpec<K> with(EmitMode newEmit) {
        return new WindowJoinSpec<>(windowing, sides, insert, newEmit);
    }

    /** Adds the step, which gives what {@code combiner} makes of one item a side, null where there is none. */
    <V, R> Windowed<K, V, R> add(String step, Function<@Nullable Object[], ? extends R> combiner) {
        requireNonNull(combiner, "combiner");
        List<KeyedStream<K, ?>> inputs =
                sides.stream().<KeyedStream<K, ?>>map(Side::stream).toList();
        List<StateCodec<Object>> codecs =
                sides.stream().map(side -> objects(side.codec())).toList();
        ItemWindows<Object, R> rows = new ItemWindows<>(
                sides.stream().map(side -> ItemTimes.eventTime(side.clock())).toList(), codecs);
        WindowJoinLogic<R> logic = new WindowJoinLogic<>(codecs, insert, emit, combiner);
        KeyedStream<K, ?> first = inputs.get(0);
        return new Windowed<>(first.flow(), first.keyType(), windowing.step(step, inputs, rows, logic));
    }

    /** Each side's codec gets the items of its own side only. */
    @SuppressWarnings("unchecked")
    private static StateCodec<Object> objects(StateCodec<?> codec) {
        return (StateCodec<Object>) codec;
    }
}
