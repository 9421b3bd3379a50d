package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the sides of a join, for one key, or for one window of a key. It can be changed: put it again
 * afterwards. Not thread safe.
 */
public final class JoinSides {
    /** For each side null, an item, or {@link Several}. */
    private final @Nullable Object[] sides;

    /** All items of a side that has more than one. */
    private static final class Several {
        private final List<Object> items = new ArrayList<>(2);
    }

    /** Nothing yet of {@code count} sides. */
    public JoinSides(int count) {
        this.sides = new Object[count];
    }

    /** A codec of the items of each side, which are written by {@code items}, one a side. */
    public static StateCodec<JoinSides> codec(List<? extends StateCodec<?>> items) {
        return new JoinSidesCodec(items);
    }

    /** How many sides there are. */
    public int count() {
        return sides.length;
    }

    /** Takes note of {@code item}, which has come on {@code side}, from 0. */
    public void add(int side, Object item, InsertMode mode) {
        requireNonNull(item, "item");
        Object before = sides[side];
        if (before == null || mode == InsertMode.LAST) {
            sides[side] = item;
        } else if (mode == InsertMode.PRODUCT) {
            several(side, before).items.add(item);
        }
    }

    private Several several(int side, Object before) {
        if (before instanceof Several several) {
            return several;
        }
        Several several = new Several();
        several.items.add(before);
        sides[side] = several;
        return several;
    }

    /**
     * Takes what {@code newer} has, as if it had been added behind this: with {@link InsertMode#FIRST} the items here
     * stay, with {@link InsertMode#LAST} those of {@code newer} replace them, with {@link InsertMode#PRODUCT} they come
     * behind them.
     */
    public void addAll(JoinSides newer, InsertMode mode) {
        for (int side = 0; side < sides.length; side++) {
            for (Object item : newer.items(side)) {
                add(side, item, mode);
            }
        }
    }

    /** The items of {@code side}, oldest first. */
    public List<Object> items(int side) {
        Object items = sides[side];
        if (items instanceof Several several) {
            return List.copyOf(several.items);
        }
        return items == null ? List.of() : List.of(items);
    }

    /** Whether each side has an item. */
    public boolean isComplete() {
        for (Object side : sides) {
            if (side == null) {
                return false;
            }
        }
        return true;
    }

    /** Whether no side has an item. */
    public boolean isEmpty() {
        for (Object side : sides) {
            if (side != null) {
                return false;
            }
        }
        return true;
    }

    /** Forgets all items. */
    public void clear() {
        Arrays.fill(sides, null);
    }

    /**
     * Gives each item of each side together with each of the others, those of the last side changing fastest: an array
     * of one item a side, null where a side has none. There is at least one, unless no side has any.
     */
    public void forEachRow(Consumer<@Nullable Object[]> taker) {
        if (!isEmpty()) {
            combine(0, new Object[sides.length], taker);
        }
    }

    private void combine(int side, @Nullable Object[] row, Consumer<@Nullable Object[]> taker) {
        if (side == sides.length) {
            taker.accept(row.clone());
        } else if (sides[side] instanceof Several several) {
            for (Object item : several.items) {
                row[side] = item;
                combine(side + 1, row, taker);
            }
        } else {
            row[side] = sides[side];
            combine(side + 1, row, taker);
        }
    }
}
