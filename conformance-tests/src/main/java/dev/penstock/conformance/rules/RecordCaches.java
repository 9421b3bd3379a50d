package dev.penstock.conformance.rules;

import dev.penstock.conformance.packaging.Packaging;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.util.Objects;

/**
 * JDK 17 and 18 remember, in one place for the whole process, the last record class whose {@code equals} and
 * {@code hashCode} they have linked, and so keep the loader of that class alive until another one takes its place. That
 * is no leak of the connector's.
 */
final class RecordCaches {
    private RecordCaches() {}

    /** Puts a record class of nobody's in that place. */
    static void turnOver() {
        try {
            Class<?> type = Class.forName(CacheFiller.class.getName(), true, new Once());
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Object inner = constructor.newInstance(null, "text", 1, 1L, true, 1.0);
            Object one = constructor.newInstance(inner, "text", 1, 1L, true, 1.0);
            Object same = constructor.newInstance(inner, "text", 1, 1L, true, 1.0);
            if (!one.equals(same)
                    || one.hashCode() != same.hashCode()
                    || one.toString().isEmpty()) {
                throw new AssertionError("records that are equal differ");
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Defines that record, once more. */
    private static final class Once extends ClassLoader {
        Once() {
            super(Once.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(CacheFiller.class.getName())) {
                return super.loadClass(name, resolve);
            }
            String file = name.replace('.', '/') + ".class";
            URL resource = Objects.requireNonNull(getParent().getResource(file), file);
            byte[] bytes = Packaging.bytes(resource);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
