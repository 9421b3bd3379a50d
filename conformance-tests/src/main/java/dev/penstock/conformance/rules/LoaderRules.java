package dev.penstock.conformance.rules;

import dev.penstock.conformance.packaging.ConnectorLoader;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.conformance.packaging.SharedPackages;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Connector;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Two loaders of the same connector live side by side, and are gone when they are closed: LC-05 and LC-07. */
final class LoaderRules {
    private static final Duration COLLECTION = Duration.ofSeconds(8);

    /** Collecting is work that stops everything else in the process. */
    private static final long PAUSE_MILLIS = 100;

    private LoaderRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                        "LC-05",
                        Tier.T1,
                        "Two loaders of the connector do not disturb each other, and neither outlives its close",
                        LoaderRules::hygiene),
                Rule.of(
                        "LC-07",
                        Tier.T1,
                        "Native libraries load from two loaders in one process, or are declared to be shared by them",
                        LoaderRules::nativeLibraries));
    }

    private static void hygiene(Trial trial) throws Exception {
        Outside.create(trial);
        Packaging packaging = trial.fixture().packaging(trial.directory());
        // A thread of its own, so that no stack frame and no thread local keeps the loaders alive.
        FutureTask<List<WeakReference<ClassLoader>>> lives = new FutureTask<>(() -> twoLives(trial, packaging));
        Thread thread = new Thread(lives, "two-loaders");
        thread.start();
        List<WeakReference<ClassLoader>> loaders;
        try {
            loaders = lives.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnsatisfiedLinkError) {
                trial.note("native libraries are the matter of LC-07: " + e.getCause());
                return;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
        thread.join();
        RecordCaches.turnOver();
        requireCollected(loaders);
    }

    private static List<WeakReference<ClassLoader>> twoLives(Trial trial, Packaging packaging) throws IOException {
        List<WeakReference<ClassLoader>> references = new ArrayList<>();
        try (ConnectorLoader first = ConnectorLoader.of(packaging);
                ConnectorLoader second = ConnectorLoader.of(packaging)) {
            Connector one = connector(first, trial);
            Connector other = connector(second, trial);
            requireApart(one, other);
            live(one, trial, 1);
            live(other, trial, 2);
            live(one, trial, 3);
            references.add(new WeakReference<>(first));
            references.add(new WeakReference<>(second));
        }
        Thread.currentThread().setContextClassLoader(null);
        return references;
    }

    private static Connector connector(ConnectorLoader loader, Trial trial) {
        String name = trial.connector().descriptor().name();
        return loader.connectors().stream()
                .filter(connector -> connector.descriptor().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RuleViolation(
                        "its jars alone hold no connector '" + name + "'",
                        "META-INF/services/dev.penstock.spi.Connector"));
    }

    private static void requireApart(Connector one, Connector other) {
        if (one.getClass() == other.getClass()) {
            throw new RuleViolation(
                    one.getClass() + " comes from outside of its jars",
                    "whether the jar holds the connector's classes");
        }
    }

    private static void live(Connector connector, Trial trial, int number) {
        ClassLoader marker = new ClassLoader(connector.getClass().getClassLoader()) {};
        Thread.currentThread().setContextClassLoader(marker);
        new Usage(connector, trial, number, call -> requireContext(marker, call)).live();
    }

    private static void requireContext(ClassLoader expected, String call) {
        if (Thread.currentThread().getContextClassLoader() != expected) {
            throw new RuleViolation(
                    "after " + call + " the thread has another context class loader than before",
                    "Thread.setContextClassLoader: put the old one back in a finally block");
        }
    }

    /**
     * If this fails, check: what static fields, thread locals and registries of the JDK still know of the connector.
     */
    private static void requireCollected(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        long end = System.nanoTime() + COLLECTION.toNanos();
        while (loaders.stream().anyMatch(loader -> loader.get() != null)) {
            if (System.nanoTime() > end) {
                throw new RuleViolation(
                        "the class loader is still alive " + COLLECTION.toSeconds()
                                + " s after everything from it was closed",
                        "threads that run on, thread locals, shutdown hooks, and what "
                                + "was put into registries of the JDK");
            }
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static void nativeLibraries(Trial trial) throws IOException {
        Outside.create(trial);
        Packaging packaging = trial.fixture().packaging(trial.directory());
        requireReasonToShare(packaging);
        try (ConnectorLoader first = ConnectorLoader.of(packaging);
                ConnectorLoader second = ConnectorLoader.of(packaging)) {
            for (ConnectorLoader loader : List.of(first, second)) {
                new Usage(connector(loader, trial), trial, loader == first ? 1 : 2, call -> {}).live();
            }
        } catch (LinkageError e) {
            throw new RuleViolation(
                    "in the second loader, a library could not be linked: " + e,
                    "that each loader unpacks native libraries under a name of its own: the JVM loads a file only once",
                    e);
        }
    }

    /** What is shared outlives every loader, which LC-05 then cannot see: only native code is a reason for that. */
    private static void requireReasonToShare(Packaging packaging) {
        SharedPackages shared = SharedPackages.of(packaging);
        if (!shared.prefixes().isEmpty()
                && SharedPackages.nativeLibraries(packaging).isEmpty()) {
            throw new RuleViolation(
                    "it declares that its loaders share " + shared.prefixes()
                            + ", and no native library is in its jars",
                    SharedPackages.DECLARED + ": only classes that belong to a native library may be shared");
        }
    }
}
