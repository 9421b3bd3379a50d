package dev.penstock.conformance.packaging;

import java.util.List;

/** What every connector gets from Penstock, and so neither brings nor sees more of. */
public final class Exposed {
    private static final List<String> PACKAGES = List.of("dev.penstock.spi.", "org.slf4j.", "org.jspecify.");

    private Exposed() {}

    /** Whether a class of that name comes from Penstock. */
    public static boolean fromPenstock(String className) {
        return PACKAGES.stream().anyMatch(className::startsWith);
    }

    /** Whether a class of that name comes from the Java platform. */
    public static boolean fromPlatform(String className) {
        return className.startsWith("java.")
                || ClassLoader.getPlatformClassLoader().getResource(file(className)) != null;
    }

    /** The class file of a class, in a jar. */
    static String file(String className) {
        return className.replace('.', '/') + ".class";
    }
}
