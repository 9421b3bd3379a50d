package dev.penstock.dataflow.row;

import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of results: a function over the values of a column that are not null, as SQL has them.
 *
 * @param name of the column of results
 * @param function what is made of the values
 * @param column whose values; empty to count rows
 */
record Aggregate(String name, Function function, String column) {
    private static final Pattern CALL = Pattern.compile("\\s*(\\w+)\\s*\\(\\s*([^()]*?)\\s*\\)\\s*");

    /** What can be made of values. */
    enum Function {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        COLLECT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads {@code sum(price)}; tells {@code problems} if it is not a call of a known function. */
    static Optional<Aggregate> parse(String name, String text, Consumer<Problem> problems) {
        Matcher call = CALL.matcher(text);
        List<String> known =
                Arrays.stream(Function.values()).map(Function::text).toList();
        if (!call.matches() || !known.contains(call.group(1))) {
            problems.accept(Problem.error(
                    "columns." + name,
                    Problem.Code.INVALID,
                    "'" + text + "' is not an aggregate",
                    "write count(), or sum, avg, min, max or collect of a column, for example sum(price)"));
            return Optional.empty();
        }
        Function function = Function.valueOf(call.group(1).toUpperCase(Locale.ROOT));
        if (call.group(2).isEmpty() && function != Function.COUNT) {
            problems.accept(Problem.error(
                    "columns." + name,
                    Problem.Code.INVALID,
                    function.text() + " needs a column",
                    "name it, for example " + function.text() + "(price)"));
            return Optional.empty();
        }
        return Optional.of(new Aggregate(name, function, call.group(2)));
    }

    /** What is wrong with it for rows of {@code input}, if anything. */
    Optional<Problem> problem(Schema input) {
        if (column.isEmpty()) {
            return Optional.empty();
        }
        if (input.find(column).isEmpty()) {
            return Optional.of(Problem.error(
                    "columns." + name,
                    Problem.Code.UNKNOWN,
                    "'" + column + "' is not a column",
                    NearestName.hint(column, input.names())));
        }
        DataType type = input.field(column).type();
        return isPossible(type)
                ? Optional.empty()
                : Optional.of(Problem.error(
                        "columns." + name,
                        Problem.Code.WRONG_TYPE,
                        function.text() + " cannot be made of column '" + column + "', which is " + type.text(),
                        "use a column of "
                                + (isArithmetic() ? "numbers" : "single values with an order")
                                + ", or cast it first"));
    }

    private boolean isArithmetic() {
        return function == Function.SUM || function == Function.AVG;
    }

    private boolean isPossible(DataType type) {
        return switch (function) {
            case COUNT, COLLECT -> true;
            case SUM, AVG -> isWhole(type) || isFloat(type) || type instanceof DataType.Decimal;
            case MIN, MAX ->
                (type instanceof DataType.Scalar && type != DataType.BYTES && type != DataType.JSON)
                        || type instanceof DataType.Timestamp
                        || type instanceof DataType.Decimal;
        };
    }

    private static boolean isWhole(DataType type) {
        return type == DataType.INT8 || type == DataType.INT16 || type == DataType.INT32 || type == DataType.INT64;
    }

    private static boolean isFloat(DataType type) {
        return type == DataType.FLOAT32 || type == DataType.FLOAT64;
    }

    /** The type of the results. */
    DataType type(Schema input) {
        DataType type = column.isEmpty() ? DataType.INT64 : input.field(column).type();
        return switch (function) {
            case COUNT -> DataType.INT64;
            case SUM -> sum(type);
            case AVG -> DataType.FLOAT64;
            case MIN, MAX -> type;
            case COLLECT -> DataType.listOf(type);
        };
    }

    private static DataType sum(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return DataType.decimal(Math.max(decimal.precision(), 38), decimal.scale());
        }
        return isFloat(type) ? DataType.FLOAT64 : DataType.INT64;
    }

    /** What is kept while rows come in; an average keeps two. */
    List<Slot> slots(Schema input) {
        return switch (function) {
            case COUNT -> List.of(Slot.COUNT);
            case SUM -> List.of(sumSlot(input.field(column).type()));
            case AVG -> List.of(sumSlot(input.field(column).type()), Slot.COUNT);
            case MIN -> List.of(Slot.LEAST);
            case MAX -> List.of(Slot.GREATEST);
            case COLLECT -> List.of(Slot.VALUES);
        };
    }

    private static Slot sumSlot(DataType type) {
        if (type instanceof DataType.Decimal) {
            return Slot.DECIMAL_SUM;
        }
        return isFloat(type) ? Slot.FLOAT_SUM : Slot.WHOLE_SUM;
    }

    /** The result of what its slots, which begin at {@code first} of {@code kept}, hold; null if they saw no value. */
    @Nullable Object result(@Nullable Object[] kept, int first) {
        Object value = kept[first];
        return switch (function) {
            case COUNT -> value == null ? 0L : value;
            case COLLECT -> value == null ? List.of() : List.copyOf((List<?>) value);
            case SUM, MIN, MAX -> value;
            case AVG ->
                value == null || kept[first + 1] == null
                        ? null
                        : (Object) (((Number) value).doubleValue() / ((Long) kept[first + 1]));
        };
    }
}
