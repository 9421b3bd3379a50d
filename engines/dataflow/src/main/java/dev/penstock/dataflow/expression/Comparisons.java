package dev.penstock.dataflow.expression;

import dev.penstock.dataflow.expression.Vector.Kind;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which kernel orders which kinds of values. */
final class Comparisons {
    /** Up to here an integer is exact as a double. */
    private static final long GREATEST_EXACT = 1L << 53;

    private Comparisons() {}

    /** A comparison of two kernels. */
    interface Order {
        Optional<Kernel> of(Kernel left, Kernel right);
    }

    /** {@code order} the other way round; still the error of the left one comes first. */
    static Optional<Kernel> turned(Kernel left, Kernel right, Order order) {
        if (left.isConstant() || right.isConstant()) {
            // A constant has no error that could come first.
            return order.of(right, left);
        }
        Remembered first = new Remembered(left);
        Remembered second = new Remembered(right);
        return order.of(second, first)
                .map(kernel -> Kernel.of(Kind.BOOL, batch -> {
                    Vector.Booleans result = (Vector.Booleans) kernel.evaluate(batch);
                    byte @Nullable [] status = Status.strict(first.status(), second.status(), batch.rowCount());
                    return new Vector.Booleans(result.values(), status);
                }));
    }

    /** Remembers the statuses of the last batch. */
    private static final class Remembered implements Kernel {
        private final Kernel kernel;
        private byte @Nullable [] status;

        Remembered(Kernel kernel) {
            this.kernel = kernel;
        }

        byte @Nullable [] status() {
            return status;
        }

        @Override
        public Kind kind() {
            return kernel.kind();
        }

        @Override
        public Vector evaluate(RecordBatch batch) {
            Vector vector = kernel.evaluate(batch);
            status = vector.status();
            return vector;
        }
    }

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
            Optional<Kernel> otherWay = rounded.isPresent()
                    ? doubles(right, rounded.get(), strictly ? Comparison::lessOrEqual : Comparison::less)
                    : turned(left, right, (doubles, longs) -> ordered(doubles, longs, !strictly));
            return otherWay.map(kernel -> Kernel.of(
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
