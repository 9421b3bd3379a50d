package dev.penstock.conformance.rules;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has the JDK let go of the records of class loaders that are to be collected.
 *
 * <p>JDK 17 and 18 hold on to the last type that {@code equals} and {@code hashCode} of a record were linked with, in
 * the cache that a method handle has for one conversion. No connector can do anything about it, and the next record
 * takes its place; here is that next record.
 */
final class LinkedRecords {
    private LinkedRecords() {}

    /** A record with a component of its own loader. */
    record Probe(@Nullable Probe next, int number) {}

    /** Links a record that nobody needs. */
    static void replace() throws IOException {
        try {
            Class<?> probe = new Loader().define();
            var constructor = probe.getDeclaredConstructor(probe, int.class);
            constructor.setAccessible(true);
            Object first = constructor.newInstance(null, 1);
            Object second = constructor.newInstance(first, 2);
            if (first.equals(second) || first.hashCode() == second.hashCode()) {
                throw new IllegalStateException("Two records are one");
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The kit cannot make a record of its own", e);
        }
    }

    /** Has nothing but the record. */
    private static final class Loader extends ClassLoader {
        Loader() {
            super(null);
        }

        Class<?> define() throws IOException {
            String name = Probe.class.getName();
            String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
            try (InputStream in = Objects.requireNonNull(Probe.class.getResourceAsStream(file), file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
