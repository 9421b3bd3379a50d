package dev.penstock.dataflow.operator;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a place in a state may hold, made of its declared type.
 *
 * @param raw the class; a primitive one if null is not possible
 * @param arguments the types between the angle brackets
 */
record ValueType(Class<?> raw, List<Type> arguments) {
    /** Of a place for which nothing is declared. */
    static final ValueType ANY = new ValueType(Object.class, List.of());

    /** Of what is not wanted any more: its values are read and forgotten, also if their classes are gone. */
    static final ValueType SKIPPED = new ValueType(void.class, List.of());

    /** The type that a program declares as {@code type}. */
    static ValueType of(Type type) {
        if (type instanceof Class<?> raw) {
            return new ValueType(raw, List.of());
        }
        if (type instanceof ParameterizedType generic) {
            return new ValueType((Class<?>) generic.getRawType(), List.of(generic.getActualTypeArguments()));
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType) {
            return new ValueType(Object[].class, List.of());
        }
        return ANY;
    }

    /** The type of the parts at {@code index}: elements, or keys and values. */
    ValueType argument(int index) {
        if (isSkipped()) {
            return this;
        }
        return index < arguments.size() ? of(arguments.get(index)) : ANY;
    }

    boolean isSkipped() {
        return raw == void.class;
    }

    boolean isOptional() {
        return raw == Optional.class;
    }

    /** What a component holds that was added after the state was written. */
    @Nullable Object absent() {
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (raw == List.class || raw == Collection.class) {
            return new ArrayList<>();
        }
        if (raw == Set.class) {
            return new LinkedHashSet<>();
        }
        if (raw == Map.class) {
            return new LinkedHashMap<>();
        }
        return raw.isPrimitive() ? Primitives.zero(raw) : null;
    }

    /** {@code value} as one of this type, widened if that loses nothing; null if it is of another. */
    @Nullable Object fit(Object value) {
        if (isSkipped()) {
            return value;
        }
        Class<?> boxed = Primitives.boxed(raw);
        if (boxed.isInstance(value)) {
            return value;
        }
        return value instanceof Number number ? widened(number, boxed) : null;
    }

    private static @Nullable Object widened(Number value, Class<?> wanted) {
        boolean whole = !(value instanceof Float || value instanceof Double || value instanceof BigDecimal);
        int width = Primitives.width(value);
        if (whole && wanted == Short.class && width <= Short.SIZE) {
            return value.shortValue();
        }
        if (whole && wanted == Integer.class && width <= Integer.SIZE) {
            return value.intValue();
        }
        if (whole && wanted == Long.class && width <= Long.SIZE) {
            return value.longValue();
        }
        if (whole && wanted == BigInteger.class) {
            return new BigInteger(value.toString());
        }
        if (whole && wanted == BigDecimal.class) {
            return new BigDecimal(value.toString());
        }
        return (whole ? width <= Integer.SIZE : value instanceof Float) && wanted == Double.class
                ? value.doubleValue()
                : null;
    }

    /** Whether all values of this type are known never to change. */
    boolean isImmutable() {
        return isImmutable(new HashSet<>());
    }

    private boolean isImmutable(Set<Class<?>> seen) {
        if (raw.isPrimitive() || raw.isEnum() || ScalarKind.isImmutable(raw)) {
            return true;
        }
        if (raw == Optional.class) {
            return argument(0).isImmutable(seen);
        }
        if (raw.isSealed()) {
            return !seen.add(raw)
                    || List.of(raw.getPermittedSubclasses()).stream().allMatch(type -> of(type).isImmutable(seen));
        }
        return raw.isRecord()
                && (!seen.add(raw) || RecordShape.of(raw).types().stream().allMatch(type -> type.isImmutable(seen)));
    }

    /** For people: the name without the package. */
    @Override
    public String toString() {
        return raw.getSimpleName();
    }
}
