package dev.penstock.dataflow.expression;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Random;

/** CEL texts that type-check over {@link #SCHEMA}, from a seed. */
final class RandomExpressions {
    static final Schema SCHEMA = Schema.of(
            Field.of("i", DataType.INT64),
            Field.of("j", DataType.INT32),
            Field.required("k", DataType.INT64),
            Field.of("d", DataType.FLOAT64),
            Field.of("e", DataType.FLOAT32),
            Field.of("b", DataType.BOOLEAN),
            Field.required("c", DataType.BOOLEAN),
            Field.of("s", DataType.STRING),
            Field.of("u", DataType.STRING),
            Field.of("t", DataType.TIMESTAMP),
            Field.of("m", DataType.TIME),
            Field.of("st", DataType.struct(Field.of("x", DataType.INT64), Field.of("y", DataType.STRING))));

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String condition(int depth) {
        if (depth == 0) {
            return any(
                    "(b == true)",
                    "c",
                    "true",
                    "false",
                    "(b == null)",
                    "(i != null)",
                    "(st.y == null)",
                    "has(st.x)",
                    "has(d)");
        }
        int next = depth - 1;
        return switch (random.nextInt(12)) {
            case 0 -> "(" + condition(next) + " && " + condition(next) + ")";
            case 1 -> "(" + condition(next) + " || " + condition(next) + ")";
            case 2 -> "!(" + condition(next) + ")";
            case 3 -> "(" + whole(next) + order() + whole(next) + ")";
            case 4 -> "(" + floating(next) + order() + floating(next) + ")";
            case 5 -> "(" + whole(next) + any(" < ", " <= ", " > ", " >= ") + floating(next) + ")";
            case 6 -> "(" + floating(next) + any(" < ", " <= ", " > ", " >= ") + whole(next) + ")";
            case 7 -> "(" + text(next) + order() + text(next) + ")";
            case 8 -> "(" + time(next) + order() + time(next) + ")";
            case 9 -> text(next) + any(".contains(", ".startsWith(", ".endsWith(") + text(next) + ")";
            case 10 -> "(" + whole(next) + any(" in [1, 2, 3]", " in [-1, 0]") + ")";
            default ->
                any(
                        text(next) + ".matches('^[a-z]+')",
                        "(" + condition(next) + " ? c : (b == true))",
                        "(u in ['', 'a'])");
        };
    }

    private String order() {
        return any(" < ", " <= ", " > ", " >= ", " == ", " != ");
    }

    String whole(int depth) {
        if (depth == 0) {
            return any("i", "j", "k", "st.x", "0", "1", "-7", "9223372036854775807", "(-9223372036854775807 - 1)", "3");
        }
        int next = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> "(" + condition(next) + " ? " + whole(next) + " : " + whole(next) + ")";
            case 1 -> "-(" + whole(next) + ")";
            case 2 -> "size(" + text(next) + ")";
            case 3 -> "int(" + floating(next) + ")";
            default -> "(" + whole(next) + any(" + ", " - ", " * ", " / ", " % ") + whole(next) + ")";
        };
    }

    String floating(int depth) {
        if (depth == 0) {
            return any("d", "e", "0.0", "-0.0", "1.5", "1e300", "-2.0");
        }
        int next = depth - 1;
        return switch (random.nextInt(6)) {
            case 0 -> "(" + condition(next) + " ? " + floating(next) + " : " + floating(next) + ")";
            case 1 -> "-(" + floating(next) + ")";
            case 2 -> "double(" + whole(next) + ")";
            default -> "(" + floating(next) + any(" + ", " - ", " * ", " / ") + floating(next) + ")";
        };
    }

    String text(int depth) {
        if (depth == 0) {
            return any("s", "u", "st.y", "''", "'a'", "'é'", "'日本'");
        }
        int next = depth - 1;
        return switch (random.nextInt(4)) {
            case 0 -> "(" + condition(next) + " ? " + text(next) + " : " + text(next) + ")";
            case 1 -> "(" + text(next) + " + " + text(next) + ")";
            case 2 -> text(next) + any(".lowerAscii()", ".upperAscii()");
            default -> text(0);
        };
    }

    String time(int depth) {
        if (depth == 0) {
            return any("t", "timestamp('2024-02-29T12:00:00.5Z')", "timestamp('9999-12-31T23:59:59Z')");
        }
        return any(
                "(" + time(depth - 1) + any(" + ", " - ") + span(depth - 1) + ")",
                "(" + condition(depth - 1) + " ? " + time(depth - 1) + " : t)");
    }

    private String span(int depth) {
        return depth == 0 ? any("m", "duration('36h')", "duration('1.5s')") : "(" + time(0) + " - " + time(0) + ")";
    }

    /** Texts of every type of value. */
    List<String> ofEachType(int depth) {
        return List.of(condition(depth), whole(depth), floating(depth), text(depth), time(depth));
    }
}
