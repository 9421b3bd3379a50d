package dev.penstock.dataflow.operator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The release that reads it. */
final class NewRelease {
    private NewRelease() {}

    enum Level {
        HIGH
    }

    sealed interface Shape permits Round, Square {}

    sealed interface Round extends Shape permits Circle {}

    record Circle(long radius, Optional<String> colour) implements Round {}

    record Square(int side) implements Shape {}

    record Totals(
            Shape shape,
            long count,
            double share,
            Optional<String> name,
            Level level,
            int added,
            boolean flag,
            @Nullable String text,
            Optional<Long> perhaps,
            List<String> list,
            Set<String> set,
            Map<String, String> map) {}

    record Strict(String value, String required) {
        Strict {
            Objects.requireNonNull(required, "required");
        }
    }

    record Numbers(long a, BigInteger b, BigDecimal c, double d, short e) {}
}
