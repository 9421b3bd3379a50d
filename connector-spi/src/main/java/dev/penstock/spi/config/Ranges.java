package dev.penstock.spi.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Checks values against the bounds of their key. */
final class Ranges {
    private Ranges() {}

    static Optional<Problem> check(ConfigKey<?> key, Object value) {
        if (value instanceof String text && text.isBlank() && key.required()) {
            return Optional.of(Problem.error("", Problem.Code.MISSING, "is empty", "give a value"));
        }
        if (value instanceof Collection<?> list && list.isEmpty() && key.required()) {
            return Optional.of(Problem.error("", Problem.Code.MISSING, "is an empty list", "give at least one"));
        }
        Optional<Double> number = number(value);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        boolean low = key.min().filter(min -> number.get() < min).isPresent();
        boolean high = key.max().filter(max -> number.get() > max).isPresent();
        return low || high
                ? Optional.of(Problem.error(
                        "", Problem.Code.OUT_OF_RANGE, "is " + shown(value) + ", out of range", "give " + bounds(key)))
                : Optional.empty();
    }

    private static Optional<Double> number(Object value) {
        if (value instanceof Duration duration) {
            return Optional.of((double) duration.toMillis());
        }
        return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    private static String shown(Object value) {
        return value instanceof Duration duration ? duration.toMillis() + " ms" : value.toString();
    }

    private static String bounds(ConfigKey<?> key) {
        String unit = key.type() == ConfigType.DURATION ? " ms" : key.type() == ConfigType.SIZE ? " bytes" : "";
        String least = key.min().map(min -> "at least " + min + unit).orElse("");
        String most = key.max().map(max -> "at most " + max + unit).orElse("");
        return least + (least.isEmpty() || most.isEmpty() ? "" : " and ") + most;
    }
}
