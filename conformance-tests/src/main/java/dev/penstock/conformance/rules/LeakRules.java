package dev.penstock.conformance.rules;

import dev.penstock.conformance.Variant;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.ConnectorException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nothing is left behind: LC-03. */
final class LeakRules {
    private static final int WARM_UP = 2;
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final long PAUSE_MILLIS = 100;

    private LeakRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                        "LC-03",
                        Tier.T2,
                        "Opening, using and closing again and again leaves no thread, file, socket or memory behind",
                        LeakRules::leaks)
                .whileAlone());
    }

    private static void leaks(Trial trial) throws InterruptedException {
        Outside.create(trial);
        int cycles = trial.effort().cycles();
        int number = 0;
        while (number < WARM_UP) {
            cycle(trial, ++number);
        }
        ProcessResources before = ProcessResources.now();
        while (number < WARM_UP + cycles) {
            cycle(trial, ++number);
        }
        Optional<String> grown = settled(before, cycles);
        trial.note(cycles + " cycles; before " + before + ", after " + ProcessResources.now());
        grown.ifPresent(what -> {
            throw new RuleViolation(
                    "after " + cycles + " times open, use and close, and as many opens that failed, " + what,
                    "close, and what open had started before it failed");
        });
    }

    /** What has grown with the cycles and stays so; sockets and threads may take a moment to be gone. */
    private static Optional<String> settled(ProcessResources before, int cycles) throws InterruptedException {
        long end = System.nanoTime() + SETTLING.toNanos();
        Optional<String> grown = ProcessResources.now().grownSince(before, cycles);
        while (grown.isPresent() && System.nanoTime() < end) {
            Thread.sleep(PAUSE_MILLIS);
            System.gc();
            grown = ProcessResources.now().grownSince(before, cycles);
        }
        return grown;
    }

    private static void cycle(Trial trial, int number) {
        new Usage(trial.connector(), trial, number, call -> {}).live();
        failing(trial).ifPresent(settings -> fail(trial, settings));
    }

    private static Optional<Map<String, Object>> failing(Trial trial) {
        for (Variant variant : List.of(Variant.WRONG_CREDENTIALS, Variant.WRONG_PORT, Variant.MISSING_OBJECT)) {
            Optional<Map<String, Object>> settings =
                    trial.settings(variant, trial.fixture().endpoint());
            if (settings.isPresent()) {
                return settings;
            }
        }
        return Optional.empty();
    }

    private static void fail(Trial trial, Map<String, Object> settings) {
        try (Parts part = Parts.of(trial, trial.config(settings))) {
            part.open(trial.context());
        } catch (ConnectorException expected) {
            // This is what it is for; only what it leaves behind counts.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
