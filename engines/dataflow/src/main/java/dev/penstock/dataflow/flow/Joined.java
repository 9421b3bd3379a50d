package dev.penstock.dataflow.flow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An item of each side of a join, or none; at least one side has one.
 *
 * @param sides in the order in which the join was given them
 */
public record Joined(List<Optional<Object>> sides) {
    public Joined {
        sides = List.copyOf(sides);
    }

    static Joined of(@Nullable Object[] values) {
        return new Joined(Stream.of(values).map(Optional::ofNullable).toList());
    }

    /**
     * The item of {@code side}, from 0.
     *
     * @throws ClassCastException if it is not a {@code type}
     */
    public <V> Optional<V> side(int side, Class<V> type) {
        return sides.get(side).map(type::cast);
    }
}
