package dev.penstock.dataflow.expression;

import dev.penstock.dataflow.expression.Vector.Kind;
import java.util.Optional;

/** Which kernel orders which kinds of values. */
final class Comparisons {
    /** Up to here an integer is exact as a double. */
    private static final long GREATEST_EXACT = 1L << 53;

    private Comparisons() {}

    /** {@code left < right}; {@code left > right} is the same the other way round. */
    static Optional<Kernel> less(Kernel left, Kernel right) {
        if (left.kind() == right.kind()) {
            return switch (left.kind()) {
                case INT, TIMESTAMP, DURATION -> Functions.longs(Kind.BOOL, left, right, Comparison::less);
                case DOUBLE -> doubles(left, right, Comparison::less);
                case STRING -> Functions.strings(Kind.BOOL, left, right, Comparison::less);
                case BOOL, NULL, OTHER -> Optional.empty();
            };
        }
        return mixed(left, right, true);
    }

    /** {@code left <= right}. */
    static Optional<Kernel> lessOrEqual(Kernel left, Kernel right) {
        if (left.kind() == right.kind()) {
            return switch (left.kind()) {
                case INT, TIMESTAMP, DURATION -> Functions.longs(Kind.BOOL, left, right, Comparison::lessOrEqual);
                case DOUBLE -> doubles(left, right, Comparison::lessOrEqual);
                case STRING -> Functions.strings(Kind.BOOL, left, right, Comparison::lessOrEqual);
                case BOOL, NULL, OTHER -> Optional.empty();
            };
        }
        return mixed(left, right, false);
    }

    private static Optional<Kernel> doubles(Kernel left, Kernel right, Functions.Binary<Vector.Doubles> function) {
        return Functions.kernel(Kind.BOOL, left, right, (a, b, size) ->
                function.apply((Vector.Doubles) a, (Vector.Doubles) b, size));
    }

    /** A double and an integer. */
    private static Optional<Kernel> mixed(Kernel left, Kernel right, boolean strictly) {
        if (left.kind() == Kind.DOUBLE && right.kind() == Kind.INT) {
            Optional<Kernel> rounded = asDouble(right);
            if (rounded.isPresent()) {
                return doubles(left, rounded.get(), strictly ? Comparison::less : Comparison::lessOrEqual);
            }
            return ordered(left, right, strictly);
        }
        if (left.kind() == Kind.INT && right.kind() == Kind.DOUBLE) {
            // a < b is not (b <= a), which also puts NaN above all integers, as the library does.
            Optional<Kernel> rounded = asDouble(left);
            Optional<Kernel> turned = rounded.isPresent()
                    ? doubles(right, rounded.get(), strictly ? Comparison::lessOrEqual : Comparison::less)
                    : ordered(right, left, !strictly);
            return turned.map(kernel -> Kernel.of(
                    Kind.BOOL, batch -> Logic.not((Vector.Booleans) kernel.evaluate(batch), batch.rowCount())));
        }
        return Optional.empty();
    }

    /**
     * A constant that compares with doubles as it does as an integer. Not so zero: the library says that -0.0 is less
     * than 0.
     */
    private static Optional<Kernel> asDouble(Kernel kernel) {
        if (kernel instanceof Constant constant && constant.value() instanceof Long value) {
            boolean plain = value != 0 && Math.abs(value) <= GREATEST_EXACT;
            return plain ? Optional.of(Constant.of((double) value)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Kernel> ordered(Kernel doubles, Kernel longs, boolean strictly) {
        return Functions.kernel(
                Kind.BOOL,
                doubles,
                longs,
                (a, b, size) -> strictly
                        ? Comparison.less((Vector.Doubles) a, (Vector.Longs) b, size)
                        : Comparison.lessOrEqual((Vector.Doubles) a, (Vector.Longs) b, size));
    }
}
