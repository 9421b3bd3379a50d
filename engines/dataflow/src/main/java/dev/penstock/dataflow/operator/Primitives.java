package dev.penstock.dataflow.operator;

import java.util.Map;

/** What is to be known of primitive types. */
final class Primitives {
    private static final Map<Class<?>, Object> ZEROS = Map.of(
            boolean.class,
            false,
            byte.class,
            (byte) 0,
            short.class,
            (short) 0,
            int.class,
            0,
            long.class,
            0L,
            float.class,
            0f,
            double.class,
            0d,
            char.class,
            '\0');
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private Primitives() {}

    /** What a field of the primitive {@code type} holds before it is set. */
    static Object zero(Class<?> type) {
        Object zero = ZEROS.get(type);
        if (zero == null) {
            throw new IllegalArgumentException(type + " is not a primitive type of a value");
        }
        return zero;
    }

    /** The class of the objects that stand for values of {@code type}; itself if it is not primitive. */
    static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? zero(type).getClass() : type;
    }

    /** How many bits a whole number like {@code value} has. */
    static int width(Number value) {
        if (value instanceof Byte) {
            return Byte.SIZE;
        }
        if (value instanceof Short) {
            return Short.SIZE;
        }
        if (value instanceof Integer) {
            return Integer.SIZE;
        }
        return value instanceof Long ? Long.SIZE : UNBOUNDED;
    }
}
