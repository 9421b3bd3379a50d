package dev.penstock.dataflow.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.penstock.dataflow.expression.Vector.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which function of CEL is which kernel, by the kinds of its arguments.
 *
 * @param out where the values of the kernel go
 */
record Functions(Buffers out) {
    /** CEL has timestamps of the years 1 to 9999. */
    private static final long FIRST_TIMESTAMP =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond() * 1_000_000;

    private static final long LAST_TIMESTAMP =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000 + 999_999;

    /** CEL has durations whose nanoseconds fit 64 bits. */
    private static final long GREATEST_DURATION = Long.MAX_VALUE / 1_000;

    /** A function of one vector. */
    interface Unary<V extends Vector> {
        Vector apply(V operand, int size, Buffers out);
    }

    /** A function of two vectors. */
    interface Binary<A extends Vector, B extends Vector> {
        Vector apply(A left, B right, int size, Buffers out);
    }

    /** The kernel for {@code name}, if there is one for these arguments. */
    Optional<Kernel> find(String name, List<Kernel> arguments) {
        return switch (arguments.size()) {
            case 1 -> unary(name, arguments.get(0));
            case 2 -> binary(name, arguments.get(0), arguments.get(1));
            case 3 -> choose(name, arguments);
            default -> Optional.empty();
        };
    }

    private Optional<Kernel> unary(String name, Kernel operand) {
        return switch (operand.kind()) {
            case INT ->
                switch (name) {
                    case "-_" -> longs(Kind.INT, operand, LongArithmetic::negate);
                    case "double" -> longs(Kind.DOUBLE, operand, DoubleArithmetic::ofLongs);
                    default -> Optional.empty();
                };
            case DOUBLE ->
                switch (name) {
                    case "-_" -> doubles(Kind.DOUBLE, operand, DoubleArithmetic::negate);
                    case "int" -> doubles(Kind.INT, operand, DoubleArithmetic::toLongs);
                    default -> Optional.empty();
                };
            case BOOL -> name.equals("!_") ? booleans(operand, Logic::not) : Optional.empty();
            case STRING -> ofString(name, operand);
            case TIMESTAMP, DURATION, NULL, OTHER -> Optional.empty();
        };
    }

    private Optional<Kernel> ofString(String name, Kernel operand) {
        return switch (name) {
            case "size" -> strings(Kind.INT, operand, Strings::length);
            case "lowerAscii" -> strings(Kind.STRING, operand, Strings::lower);
            case "upperAscii" -> strings(Kind.STRING, operand, Strings::upper);
            default -> Optional.empty();
        };
    }

    private Optional<Kernel> binary(String name, Kernel left, Kernel right) {
        Comparisons comparisons = new Comparisons(out);
        return switch (name) {
            case "_==_" -> equal(left, right, false);
            case "_!=_" -> equal(left, right, true);
            case "_<_" -> comparisons.less(left, right);
            case "_>_" -> comparisons.turned(left, right, comparisons::less);
            case "_<=_" -> comparisons.lessOrEqual(left, right);
            case "_>=_" -> comparisons.turned(left, right, comparisons::lessOrEqual);
            default -> left.kind() == right.kind() ? ofOneKind(name, left, right) : ofTimes(name, left, right);
        };
    }

    private Optional<Kernel> ofOneKind(String name, Kernel left, Kernel right) {
        return switch (left.kind()) {
            case INT -> ofLongs(name).flatMap(function -> longs(Kind.INT, left, right, function));
            case DOUBLE -> ofDoubles(name, left, right);
            case BOOL -> ofBooleans(name).flatMap(function -> pair(Kind.BOOL, left, right, function));
            case STRING -> ofStrings(name, left, right);
            case TIMESTAMP -> name.equals("_-_") ? elapsed(left, right) : Optional.empty();
            case DURATION, NULL, OTHER -> Optional.empty();
        };
    }

    private static Optional<Binary<Vector.Longs, Vector.Longs>> ofLongs(String name) {
        return switch (name) {
            case "_+_" -> Optional.of(LongArithmetic::add);
            case "_-_" -> Optional.of(LongArithmetic::subtract);
            case "_*_" -> Optional.of(LongArithmetic::multiply);
            case "_/_" -> Optional.of(LongArithmetic::divide);
            case "_%_" -> Optional.of(LongArithmetic::remainder);
            default -> Optional.empty();
        };
    }

    private Optional<Kernel> ofDoubles(String name, Kernel left, Kernel right) {
        if (right instanceof Constant constant) {
            Optional<Unary<Vector.Doubles>> byConstant = DoubleArithmetic.by(name, (double) constant.value());
            return byConstant.flatMap(function -> doubles(Kind.DOUBLE, left, function));
        }
        return switch (name) {
            case "_+_" -> pair(Kind.DOUBLE, left, right, DoubleArithmetic::add);
            case "_-_" -> pair(Kind.DOUBLE, left, right, DoubleArithmetic::subtract);
            case "_*_" -> pair(Kind.DOUBLE, left, right, DoubleArithmetic::multiply);
            case "_/_" -> pair(Kind.DOUBLE, left, right, DoubleArithmetic::divide);
            default -> Optional.empty();
        };
    }

    private static Optional<Binary<Vector.Booleans, Vector.Booleans>> ofBooleans(String name) {
        return switch (name) {
            case "_&&_" -> Optional.of(Logic::and);
            case "_||_" -> Optional.of(Logic::or);
            default -> Optional.empty();
        };
    }

    private Optional<Kernel> ofStrings(String name, Kernel left, Kernel right) {
        return switch (name) {
            case "_+_" -> pair(Kind.STRING, left, right, Strings::concat);
            case "contains" -> pair(Kind.BOOL, left, right, Strings::contains);
            case "startsWith" -> pair(Kind.BOOL, left, right, Strings::startsWith);
            case "endsWith" -> pair(Kind.BOOL, left, right, Strings::endsWith);
            case "matches" -> matches(left, right);
            default -> Optional.empty();
        };
    }

    private Optional<Kernel> matches(Kernel text, Kernel pattern) {
        if (!(pattern instanceof Constant constant)) {
            return Optional.empty();
        }
        try {
            Pattern compiled = Pattern.compile((String) constant.value());
            return strings(Kind.BOOL, text, (vector, size, into) -> Strings.matches(vector, compiled, size, into));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<Kernel> ofTimes(String name, Kernel left, Kernel right) {
        if (left.kind() != Kind.TIMESTAMP || right.kind() != Kind.DURATION) {
            return Optional.empty();
        }
        return switch (name) {
            case "_+_" -> longs(Kind.TIMESTAMP, left, right, moved(LongArithmetic::add));
            case "_-_" -> longs(Kind.TIMESTAMP, left, right, moved(LongArithmetic::subtract));
            default -> Optional.empty();
        };
    }

    private static Binary<Vector.Longs, Vector.Longs> moved(Binary<Vector.Longs, Vector.Longs> function) {
        return (time, by, size, into) ->
                LongArithmetic.within(function.apply(time, by, size, into), FIRST_TIMESTAMP, LAST_TIMESTAMP, size);
    }

    private Optional<Kernel> elapsed(Kernel left, Kernel right) {
        return longs(
                Kind.DURATION,
                left,
                right,
                (a, b, size, into) -> LongArithmetic.within(
                        LongArithmetic.subtract(a, b, size, into), -GREATEST_DURATION, GREATEST_DURATION, size));
    }

    private Optional<Kernel> equal(Kernel left, Kernel right, boolean negated) {
        if (left.kind() != right.kind() || left.kind() == Kind.OTHER || left.kind() == Kind.NULL) {
            return Optional.empty();
        }
        return pair(Kind.BOOL, left, right, (Vector a, Vector b, int size, Buffers into) -> {
            Vector.Booleans equal = Comparison.equal(a, b, size, into);
            return negated ? Logic.not(equal, size, into) : equal;
        });
    }

    /** Whether the column at {@code path} is null, or is not. */
    Kernel nullTest(int[] path, boolean isNull) {
        return Kernel.of(Kind.BOOL, batch -> {
            int size = batch.rowCount();
            Vector.Booleans test = Comparison.isNull(ColumnKernel.status(batch, path), size, out);
            return isNull ? test : Logic.not(test, size, out);
        });
    }

    /** Whether {@code operand} equals one of {@code elements}, which are constants of its kind. */
    Optional<Kernel> membership(Kernel operand, List<Kernel> elements) {
        if (operand.kind() == Kind.OTHER || operand.kind() == Kind.NULL) {
            return Optional.empty();
        }
        Buffers scratch = Buffers.reused();
        return Optional.of(Kernel.of(Kind.BOOL, batch -> {
            int size = batch.rowCount();
            Vector value = operand.evaluate(batch);
            Vector.Booleans found = Comparison.equal(value, elements.get(0).evaluate(batch), size, out);
            byte @Nullable [] status = found.status();
            for (Kernel element : elements.subList(1, elements.size())) {
                boolean[] next = Comparison.equal(value, element.evaluate(batch), size, scratch)
                        .values();
                for (int i = 0; i < size; i++) {
                    found.values()[i] |= next[i];
                }
            }
            return new Vector.Booleans(found.values(), status);
        }));
    }

    private Optional<Kernel> choose(String name, List<Kernel> arguments) {
        Kernel condition = arguments.get(0);
        Kernel yes = arguments.get(1);
        Kernel no = arguments.get(2);
        boolean known = name.equals("_?_:_")
                && condition.kind() == Kind.BOOL
                && yes.kind() == no.kind()
                && yes.kind() != Kind.OTHER
                && yes.kind() != Kind.NULL;
        if (!known) {
            return Optional.empty();
        }
        return Optional.of(Kernel.of(yes.kind(), batch -> {
            Vector.Booleans first = (Vector.Booleans) condition.evaluate(batch);
            return Logic.choose(first, yes.evaluate(batch), no.evaluate(batch), batch.rowCount(), out);
        }));
    }

    private Optional<Kernel> longs(Kind kind, Kernel operand, Unary<Vector.Longs> function) {
        return single(kind, operand, function);
    }

    private Optional<Kernel> doubles(Kind kind, Kernel operand, Unary<Vector.Doubles> function) {
        return single(kind, operand, function);
    }

    private Optional<Kernel> booleans(Kernel operand, Unary<Vector.Booleans> function) {
        return single(Kind.BOOL, operand, function);
    }

    private Optional<Kernel> strings(Kind kind, Kernel operand, Unary<Vector.Strings> function) {
        return single(kind, operand, function);
    }

    private Optional<Kernel> longs(Kind kind, Kernel left, Kernel right, Binary<Vector.Longs, Vector.Longs> function) {
        return pair(kind, left, right, function);
    }

    /** The kinds of the operands have been looked at, so their vectors are what {@code function} takes. */
    @SuppressWarnings("unchecked")
    <V extends Vector> Optional<Kernel> single(Kind kind, Kernel operand, Unary<V> function) {
        return Optional.of(
                Kernel.of(kind, batch -> function.apply((V) operand.evaluate(batch), batch.rowCount(), out)));
    }

    /** As {@link #single}, of two operands. */
    @SuppressWarnings("unchecked")
    <A extends Vector, B extends Vector> Optional<Kernel> pair(
            Kind kind, Kernel left, Kernel right, Binary<A, B> function) {
        return Optional.of(Kernel.of(
                kind,
                batch -> function.apply((A) left.evaluate(batch), (B) right.evaluate(batch), batch.rowCount(), out)));
    }
}
