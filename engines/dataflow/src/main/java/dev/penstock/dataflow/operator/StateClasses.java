package dev.penstock.dataflow.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the classes of records and enums that state names. */
final class StateClasses {
    private StateClasses() {}

    /**
     * The class that is meant by {@code name} in a place of type {@code wanted}; the declared one if the name is empty.
     */
    static Class<?> find(String name, ValueType wanted) throws UnfitException {
        if (isKept(wanted.raw())) {
            return wanted.raw();
        }
        if (name.isEmpty()) {
            throw new UnfitException("the state holds a value of the type that was declared here before, and '" + wanted
                    + "' does not say which; keep the type, or give the component another name");
        }
        if (wanted.raw().isSealed()) {
            return permitted(name, wanted.raw());
        }
        return load(name);
    }

    /** Records and sealed types of them may move to another package or class: the last part of the name is enough. */
    private static Class<?> permitted(String name, Class<?> sealed) throws UnfitException {
        for (Class<?> type : leaves(sealed)) {
            if (simple(type.getName()).equals(simple(name))) {
                return type;
            }
        }
        throw new UnfitException("the state holds a '" + simple(name) + "', which '" + sealed.getSimpleName()
                + "' does not permit any more; keep the class");
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        return List.of(sealed.getPermittedSubclasses()).stream()
                .<Class<?>>flatMap(type -> type.isSealed() ? leaves(type).stream() : List.<Class<?>>of(type).stream())
                .toList();
    }

    private static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private static Class<?> load(String name) throws UnfitException {
        Class<?> type = load(name, Thread.currentThread().getContextClassLoader());
        type = type == null ? load(name, StateClasses.class.getClassLoader()) : type;
        if (type == null || !isKept(type)) {
            throw new UnfitException("the state holds a '" + name
                    + "', and there is no record or enum of that name; keep the class, or drop the state of the step");
        }
        return type;
    }

    private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static boolean isKept(Class<?> type) {
        return type.isRecord() || type.isEnum();
    }
}
