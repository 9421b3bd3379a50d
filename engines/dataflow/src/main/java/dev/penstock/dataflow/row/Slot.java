package dev.penstock.dataflow.row;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One number, value or list that an aggregate keeps while rows come in; null where it has seen none. */
enum Slot {
    COUNT {
        @Override
        Object add(@Nullable Object kept, Object value) {
            return kept == null ? 1L : (Long) kept + 1;
        }

        @Override
        Object join(Object one, Object other) {
            return (Long) one + (Long) other;
        }
    },
    WHOLE_SUM {
        @Override
        Object add(@Nullable Object kept, Object value) {
            long number = ((Number) value).longValue();
            return kept == null ? number : Math.addExact((Long) kept, number);
        }

        @Override
        Object join(Object one, Object other) {
            return Math.addExact((Long) one, (Long) other);
        }
    },
    FLOAT_SUM {
        @Override
        Object add(@Nullable Object kept, Object value) {
            double number = ((Number) value).doubleValue();
            return kept == null ? number : (Double) kept + number;
        }

        @Override
        Object join(Object one, Object other) {
            return (Double) one + (Double) other;
        }
    },
    DECIMAL_SUM {
        @Override
        Object add(@Nullable Object kept, Object value) {
            return kept == null ? value : ((BigDecimal) kept).add((BigDecimal) value);
        }

        @Override
        Object join(Object one, Object other) {
            return ((BigDecimal) one).add((BigDecimal) other);
        }
    },
    LEAST {
        @Override
        Object add(@Nullable Object kept, Object value) {
            return kept == null || compare(value, kept) < 0 ? value : kept;
        }

        @Override
        Object join(Object one, Object other) {
            return add(one, other);
        }
    },
    GREATEST {
        @Override
        Object add(@Nullable Object kept, Object value) {
            return kept == null || compare(value, kept) > 0 ? value : kept;
        }

        @Override
        Object join(Object one, Object other) {
            return add(one, other);
        }
    },
    VALUES {
        @Override
        @SuppressWarnings("unchecked")
        Object add(@Nullable Object kept, Object value) {
            List<Object> values = kept == null ? new ArrayList<>() : (List<Object>) kept;
            values.add(value);
            return values;
        }

        @Override
        @SuppressWarnings("unchecked")
        Object join(Object one, Object other) {
            List<Object> values = new ArrayList<>((List<Object>) one);
            values.addAll((List<Object>) other);
            return values;
        }
    };

    /** What is kept after one more {@code value}; what was kept before is not used any more. */
    abstract Object add(@Nullable Object kept, Object value);

    /** What is kept of two windows that became one. */
    abstract Object join(Object one, Object other);

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object one, Object other) {
        return ((Comparable) one).compareTo(other);
    }
}
