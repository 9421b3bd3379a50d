package dev.penstock.dataflow.expression;

import dev.penstock.dataflow.expression.Functions.Binary;
import dev.penstock.dataflow.expression.Vector.Kind;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which kernel orders which kinds of values.
 *
 * @param out where the values of the kernel go
 */
record Comparisons(Buffers out) {
    /** Up to here an integer is exact as a double. */
    private static final long GREATEST_EXACT = 1L << 53;

    /** A comparison of two kernels. */
    interface Order {
        Optional<Kernel> of(Kernel lesser, Kernel greater);
    }

    /** {@code order} the other way round; still the error of the left one comes first. */
    Optional<Kernel> turned(Kernel left, Kernel right, Order order) {
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
    Optional<Kernel> less(Kernel left, Kernel right) {
        return left.kind() == right.kind() ? ofOneKind(left, right, true) : mixed(left, right, true);
    }

    /** {@code left <= right}. */
    Optional<Kernel> lessOrEqual(Kernel left, Kernel right) {
        return left.kind() == right.kind() ? ofOneKind(left, right, false) : mixed(left, right, false);
    }

    private Optional<Kernel> ofOneKind(Kernel left, Kernel right, boolean strictly) {
        return switch (left.kind()) {
            case INT, TIMESTAMP, DURATION -> longs(left, right, strictly);
            case DOUBLE -> doubles(left, right, strictly);
            case STRING -> pair(left, right, Comparison.ofStrings(strictly));
            case BOOL, NULL, OTHER -> Optional.empty();
        };
    }

    // longs and doubles say the same of two types. Folded into one method with the loops as parameters they are as long
    // and no faster, for every line that differs names a primitive type.
    private Optional<Kernel> longs(Kernel left, Kernel right, boolean strictly) {
        if (right instanceof Constant constant) {
            long bound = (long) constant.value();
            return new Functions(out)
                    .single(
                            Kind.BOOL,
                            left,
                            (Vector.Longs a, int size, Buffers into) ->
                                    ConstantComparison.below(a, bound, strictly, size, into));
        }
        if (left instanceof Constant constant) {
            long bound = (long) constant.value();
            return new Functions(out)
                    .single(
                            Kind.BOOL,
                            right,
                            (Vector.Longs b, int size, Buffers into) ->
                                    ConstantComparison.above(b, bound, strictly, size, into));
        }
        return pair(left, right, Comparison.ofLongs(strictly));
    }

    private Optional<Kernel> doubles(Kernel left, Kernel right, boolean strictly) {
        if (right instanceof Constant constant) {
            double bound = (double) constant.value();
            return new Functions(out)
                    .single(
                            Kind.BOOL,
                            left,
                            (Vector.Doubles a, int size, Buffers into) ->
                                    ConstantComparison.below(a, bound, strictly, size, into));
        }
        if (left instanceof Constant constant) {
            double bound = (double) constant.value();
            return new Functions(out)
                    .single(
                            Kind.BOOL,
                            right,
                            (Vector.Doubles b, int size, Buffers into) ->
                                    ConstantComparison.above(b, bound, strictly, size, into));
        }
        return pair(left, right, Comparison.ofDoubles(strictly));
    }

    /** A double and an integer. */
    private Optional<Kernel> mixed(Kernel left, Kernel right, boolean strictly) {
        if (left.kind() == Kind.DOUBLE && right.kind() == Kind.INT) {
            Optional<Kernel> rounded = asDouble(right);
            return rounded.isPresent()
                    ? doubles(left, rounded.get(), strictly)
                    : pair(left, right, Comparison.ofDoubleAndLong(strictly));
        }
        if (left.kind() == Kind.INT && right.kind() == Kind.DOUBLE) {
            // a < b is not (b <= a), which also puts NaN above all integers, as the library does.
            Optional<Kernel> rounded = asDouble(left);
            Optional<Kernel> otherWay = rounded.isPresent()
                    ? doubles(right, rounded.get(), !strictly)
                    : turned(left, right, (b, a) -> pair(b, a, Comparison.ofDoubleAndLong(!strictly)));
            return otherWay.flatMap(kernel -> new Functions(out)
                    .single(
                            Kind.BOOL,
                            kernel,
                            (Vector.Booleans result, int size, Buffers into) -> Logic.not(result, size, into)));
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

    private <A extends Vector, B extends Vector> Optional<Kernel> pair(
            Kernel left, Kernel right, Binary<A, B> function) {
        return new Functions(out).pair(Kind.BOOL, left, right, function);
    }
}
