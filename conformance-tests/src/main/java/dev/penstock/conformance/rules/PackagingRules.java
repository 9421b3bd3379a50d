package dev.penstock.conformance.rules;

import dev.penstock.conformance.packaging.ClassFile;
import dev.penstock.conformance.packaging.Exposed;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The jar holds what it must and no more: LC-06. */
final class PackagingRules {
    private static final int JAVA_17 = 61;
    private static final Set<String> INSIDES =
            Set.of("dev.penstock.dataflow.", "dev.penstock.engine.", "dev.penstock.cli.");
    private static final String CLASS = ".class";

    private PackagingRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                "LC-06",
                Tier.T0,
                "The jar holds classes for Java 17 that use of Penstock the SPI alone, each once, and a licence",
                PackagingRules::packaging));
    }

    private static void packaging(Trial trial) throws IOException {
        Packaging packaging = trial.fixture().packaging(trial.directory());
        Map<String, Path> homes = new HashMap<>();
        for (Path jar : packaging.jars()) {
            for (String name : classes(jar)) {
                requireAllowed(name, jar);
                Path other = homes.put(name, jar);
                require(
                        other == null || other.equals(jar),
                        "class " + name + " is both in " + other + " and in " + jar.getFileName(),
                        "the dependencies of the connector: one of the jars has to go");
            }
        }
        requireOwnClasses(packaging.own());
        trial.note(packaging.jars().size() + " jars with " + homes.size() + " classes");
    }

    private static void requireAllowed(String name, Path jar) {
        require(
                !Exposed.fromPenstock(name),
                jar.getFileName() + " holds " + name + ", which every connector gets from Penstock",
                "the scope 'provided' of connector-spi, slf4j-api and jspecify");
        require(
                !Exposed.fromPlatform(name),
                jar.getFileName() + " holds " + name + ", which is a class of Java",
                "the dependencies of the connector for something that replaces the JDK");
    }

    private static void requireOwnClasses(Path own) throws IOException {
        try (JarFile jar = new JarFile(own.toFile())) {
            boolean licensed = false;
            for (JarEntry entry : Collections.list(jar.entries())) {
                licensed |= entry.getName().matches("(META-INF/)?LICEN[CS]E(\\.\\w+)?");
                if (isClass(entry.getName())) {
                    requireClass(ClassFile.read(jar.getInputStream(entry).readAllBytes()));
                }
            }
            require(
                    licensed,
                    own.getFileName() + " holds no META-INF/LICENSE",
                    "the resources of the build: nobody may use what has no licence");
        }
    }

    private static void requireClass(ClassFile type) {
        require(
                type.major() <= JAVA_17,
                "class " + type.name() + " has version " + type.major() + " and needs a later Java than 17",
                "the release that the compiler is told");
        for (String used : type.references()) {
            require(
                    INSIDES.stream().noneMatch(used::startsWith),
                    "class " + type.name() + " uses " + used + ", which is no part of the connector SPI",
                    "imports of anything below dev.penstock but dev.penstock.spi: it may change in any release");
        }
    }

    private static Set<String> classes(Path place) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile jar = new JarFile(place.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (isClass(entry.getName())) {
                    String name = entry.getName();
                    names.add(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
                }
            }
        }
        return names;
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(CLASS)
                && !entry.startsWith("META-INF/")
                && !entry.endsWith("module-info.class")
                && !entry.endsWith("package-info.class");
    }

    private static void require(boolean kept, String seen, String check) {
        if (!kept) {
            throw new RuleViolation(seen, check);
        }
    }
}
