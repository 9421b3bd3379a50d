package dev.penstock.dataflow.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.penstock.dataflow.expression.Vector.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which function of CEL is which kernel, by the kinds of its arguments. */
final class Functions {
    /** CEL has timestamps of the years 1 to 9999. */
    private static final long FIRST_TIMESTAMP =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond() * 1_000_000;

    private static final long LAST_TIMESTAMP =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000 + 999_999;

    private Functions() {}

    /** The kernel for {@code name}, if there is one for these arguments. */
    static Optional<Kernel> find(String name, List<Kernel> arguments) {
        return switch (arguments.size()) {
            case 1 -> unary(name, arguments.get(0));
            case 2 -> binary(name, arguments.get(0), arguments.get(1));
            case 3 -> choose(name, arguments);
            default -> Optional.empty();
        };
    }

    private static Optional<Kernel> unary(String name, Kernel operand) {
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
            case BOOL ->
                name.equals("!_")
                        ? kernel(Kind.BOOL, operand, (vector, size) -> Logic.not((Vector.Booleans) vector, size))
                        : Optional.empty();
            case STRING -> ofString(name, operand);
            case TIMESTAMP, DURATION, NULL, OTHER -> Optional.empty();
        };
    }

    private static Optional<Kernel> ofString(String name, Kernel operand) {
        return switch (name) {
            case "size" ->
                kernel(Kind.INT, operand, (vector, size) -> Strings.length((Vector.Strings) vector, size));
            case "lowerAscii" ->
                kernel(Kind.STRING, operand, (vector, size) ->
                        Strings.shiftLetters((Vector.Strings) vector, 'A', 'a' - 'A', size));
            case "upperAscii" ->
                kernel(Kind.STRING, operand, (vector, size) ->
                        Strings.shiftLetters((Vector.Strings) vector, 'a', 'A' - 'a', size));
            default -> Optional.empty();
        };
    }

    private static Optional<Kernel> binary(String name, Kernel left, Kernel right) {
        return switch (name) {
            case "_==_" -> equal(left, right, false);
            case "_!=_" -> equal(left, right, true);
            case "_<_" -> Comparisons.less(left, right);
            case "_>_" -> Comparisons.less(right, left);
            case "_<=_" -> Comparisons.lessOrEqual(left, right);
            case "_>=_" -> Comparisons.lessOrEqual(right, left);
            default -> left.kind() == right.kind() ? ofOneKind(name, left, right) : ofTimes(name, left, right);
        };
    }

    private static Optional<Kernel> ofOneKind(String name, Kernel left, Kernel right) {
        return switch (left.kind()) {
            case INT -> ofLongs(name, left, right);
            case DOUBLE -> ofDoubles(name, left, right);
            case BOOL -> ofBooleans(name, left, right);
            case STRING -> ofStrings(name, left, right);
            case TIMESTAMP ->
                name.equals("_-_") ? longs(Kind.DURATION, left, right, LongArithmetic::subtract) : Optional.empty();
            case DURATION, NULL, OTHER -> Optional.empty();
        };
    }

    private static Optional<Kernel> ofTimes(String name, Kernel left, Kernel right) {
        boolean moved = left.kind() == Kind.TIMESTAMP && right.kind() == Kind.DURATION;
        return switch (name) {
            case "_+_" -> moved ? moved(left, right, LongArithmetic::add) : Optional.empty();
            case "_-_" -> moved ? moved(left, right, LongArithmetic::subtract) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Kernel> moved(Kernel left, Kernel right, Binary<Vector.Longs> function) {
        return longs(Kind.TIMESTAMP, left, right, (a, b, size) ->
                LongArithmetic.within(function.apply(a, b, size), FIRST_TIMESTAMP, LAST_TIMESTAMP, size));
    }

    private static Optional<Kernel> ofLongs(String name, Kernel left, Kernel right) {
        return switch (name) {
            case "_+_" -> longs(Kind.INT, left, right, LongArithmetic::add);
            case "_-_" -> longs(Kind.INT, left, right, LongArithmetic::subtract);
            case "_*_" -> longs(Kind.INT, left, right, LongArithmetic::multiply);
            case "_/_" -> longs(Kind.INT, left, right, LongArithmetic::divide);
            case "_%_" -> longs(Kind.INT, left, right, LongArithmetic::remainder);
            default -> Optional.empty();
        };
    }

    private static Optional<Kernel> ofDoubles(String name, Kernel left, Kernel right) {
        return switch (name) {
            case "_+_" -> doubles(left, right, DoubleArithmetic::add);
            case "_-_" -> doubles(left, right, DoubleArithmetic::subtract);
            case "_*_" -> doubles(left, right, DoubleArithmetic::multiply);
            case "_/_" -> doubles(left, right, DoubleArithmetic::divide);
            default -> Optional.empty();
        };
    }

    private static Optional<Kernel> ofBooleans(String name, Kernel left, Kernel right) {
        return switch (name) {
            case "_&&_" -> booleans(left, right, Logic::and);
            case "_||_" -> booleans(left, right, Logic::or);
            default -> Optional.empty();
        };
    }

    private static Optional<Kernel> ofStrings(String name, Kernel left, Kernel right) {
        return switch (name) {
            case "_+_" -> strings(Kind.STRING, left, right, Strings::concat);
            case "contains" -> strings(Kind.BOOL, left, right, Strings::contains);
            case "startsWith" -> strings(Kind.BOOL, left, right, Strings::startsWith);
            case "endsWith" -> strings(Kind.BOOL, left, right, Strings::endsWith);
            case "matches" -> matches(left, right);
            default -> Optional.empty();
        };
    }

    private static Optional<Kernel> matches(Kernel text, Kernel pattern) {
        if (!(pattern instanceof Constant constant)) {
            return Optional.empty();
        }
        try {
            Pattern compiled = Pattern.compile((String) constant.value());
            return kernel(Kind.BOOL, text, (vector, size) -> Strings.matches((Vector.Strings) vector, compiled, size));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Kernel> equal(Kernel left, Kernel right, boolean negated) {
        boolean known = left.kind() == right.kind() && left.kind() != Kind.OTHER && left.kind() != Kind.NULL;
        if (!known) {
            return Optional.empty();
        }
        return Optional.of(Kernel.of(Kind.BOOL, batch -> {
            int size = batch.rowCount();
            Vector equal = Comparison.equal(left.evaluate(batch), right.evaluate(batch), size);
            return negated ? Logic.not((Vector.Booleans) equal, size) : equal;
        }));
    }

    /** Whether the column at {@code path} is null, or is not. */
    static Kernel nullTest(int[] path, boolean isNull) {
        return Kernel.of(Kind.BOOL, batch -> {
            int size = batch.rowCount();
            Vector test = Comparison.isNull(ColumnKernel.status(batch, path), size);
            return isNull ? test : Logic.not((Vector.Booleans) test, size);
        });
    }

    /** Whether {@code operand} equals one of {@code elements}, which are constants of its kind. */
    static Optional<Kernel> membership(Kernel operand, List<Kernel> elements) {
        if (operand.kind() == Kind.OTHER || operand.kind() == Kind.NULL) {
            return Optional.empty();
        }
        return Optional.of(Kernel.of(Kind.BOOL, batch -> {
            int size = batch.rowCount();
            Vector value = operand.evaluate(batch);
            Vector.Booleans found =
                    (Vector.Booleans) Comparison.equal(value, elements.get(0).evaluate(batch), size);
            for (Kernel element : elements.subList(1, elements.size())) {
                Vector next = Comparison.equal(value, element.evaluate(batch), size);
                found = (Vector.Booleans) Logic.or(found, (Vector.Booleans) next, size);
            }
            return found;
        }));
    }

    private static Optional<Kernel> choose(String name, List<Kernel> arguments) {
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
        return Optional.of(Kernel.of(
                yes.kind(),
                batch -> Logic.choose(
                        (Vector.Booleans) condition.evaluate(batch),
                        yes.evaluate(batch),
                        no.evaluate(batch),
                        batch.rowCount())));
    }

    /** A function of one vector. */
    interface Unary<V extends Vector> {
        Vector apply(V operand, int size);
    }

    /** A function of two vectors. */
    interface Binary<V extends Vector> {
        Vector apply(V left, V right, int size);
    }

    private static Optional<Kernel> kernel(Kind kind, Kernel operand, Unary<Vector> function) {
        return Optional.of(
                Kernel.of(kind, batch -> function.apply(operand.evaluate(batch), batch.rowCount())));
    }

    private static Optional<Kernel> longs(Kind kind, Kernel operand, Unary<Vector.Longs> function) {
        return kernel(kind, operand, (vector, size) -> function.apply((Vector.Longs) vector, size));
    }

    private static Optional<Kernel> doubles(Kind kind, Kernel operand, Unary<Vector.Doubles> function) {
        return kernel(kind, operand, (vector, size) -> function.apply((Vector.Doubles) vector, size));
    }

    static Optional<Kernel> longs(Kind kind, Kernel left, Kernel right, Binary<Vector.Longs> function) {
        return kernel(kind, left, right, (a, b, size) -> function.apply((Vector.Longs) a, (Vector.Longs) b, size));
    }

    static Optional<Kernel> doubles(Kernel left, Kernel right, Binary<Vector.Doubles> function) {
        return kernel(Kind.DOUBLE, left, right, (a, b, size) ->
                function.apply((Vector.Doubles) a, (Vector.Doubles) b, size));
    }

    private static Optional<Kernel> booleans(Kernel left, Kernel right, Binary<Vector.Booleans> function) {
        return kernel(Kind.BOOL, left, right, (a, b, size) ->
                function.apply((Vector.Booleans) a, (Vector.Booleans) b, size));
    }

    static Optional<Kernel> strings(Kind kind, Kernel left, Kernel right, Binary<Vector.Strings> function) {
        return kernel(kind, left, right, (a, b, size) ->
                function.apply((Vector.Strings) a, (Vector.Strings) b, size));
    }

    static Optional<Kernel> kernel(Kind kind, Kernel left, Kernel right, Binary<Vector> function) {
        return Optional.of(Kernel.of(
                kind, batch -> function.apply(left.evaluate(batch), right.evaluate(batch), batch.rowCount())));
    }
}
