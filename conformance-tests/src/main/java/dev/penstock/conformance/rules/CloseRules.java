package dev.penstock.conformance.rules;

import dev.penstock.conformance.Variant;
import dev.penstock.conformance.fault.Direction;
import dev.penstock.conformance.fault.Fault;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.fault.Trigger;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.config.Config;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Closing works whatever came before: LC-02. */
final class CloseRules {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private CloseRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                "LC-02",
                Tier.T2,
                "Close works after an open that failed, without an open, and once more",
                CloseRules::closes));
    }

    private static void closes(Trial trial) {
        Outside.create(trial);
        closeTwice(Parts.of(trial, trial.config()), "without an open");
        Parts open = Parts.of(trial, trial.config());
        open.open(trial.context());
        closeTwice(open, "after an open");
        for (Variant variant : Variant.values()) {
            if (variant != Variant.VALID) {
                trial.settings(variant, trial.fixture().endpoint())
                        .ifPresent(settings -> fail(trial, trial.config(settings), "with " + variant));
            }
        }
        trial.fixture().endpoint().ifPresent(endpoint -> cutAtEachStep(trial, endpoint));
    }

    private static void cutAtEachStep(Trial trial, InetSocketAddress endpoint) {
        long bytes = bytesOfOpening(trial, endpoint);
        trial.note("a whole open gets " + bytes + " bytes");
        Set<Long> cuts = new TreeSet<>(Set.of(0L, 1L, bytes / 2, bytes));
        for (int count = 0; bytes > 0 && count < trial.effort().seeds(); count++) {
            cuts.add((long) trial.random().nextInt(Math.toIntExact(bytes)));
        }
        for (long cut : cuts) {
            try (FaultProxy proxy = FaultProxy.before(endpoint)) {
                proxy.arm(Trigger.afterBytes(Direction.RESPONSE, cut), Fault.RESET);
                fail(trial, through(trial, proxy), "with the connection cut after byte " + cut + " of the replies");
            }
        }
    }

    private static long bytesOfOpening(Trial trial, InetSocketAddress endpoint) {
        try (FaultProxy proxy = FaultProxy.before(endpoint)) {
            Parts part = Parts.of(trial, through(trial, proxy));
            part.open(trial.context());
            part.close();
            return proxy.log().bytes(Direction.RESPONSE);
        }
    }

    private static Config through(Trial trial, FaultProxy proxy) {
        return trial.config(
                trial.settings(Variant.VALID, Optional.of(proxy.address())).orElseThrow());
    }

    /** Opens, whether that fails or not, and closes. */
    private static void fail(Trial trial, Config config, String how) {
        Parts part = Parts.of(trial, config);
        try {
            part.open(trial.context());
        } catch (ConnectorException expected) {
            trial.note(how + ": " + expected.getMessage());
        }
        closeTwice(part, "after an open " + how);
    }

    private static void closeTwice(Parts part, String after) {
        for (String which : List.of("close", "the second close")) {
            long start = System.nanoTime();
            try {
                part.close();
            } catch (RuntimeException e) {
                throw new RuleViolation(
                        which + " " + after + " threw " + e,
                        "close: fields that open has not set yet, and what has been closed already",
                        e);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (took.compareTo(GRACE) > 0) {
                throw new RuleViolation(
                        which + " " + after + " took " + took.toSeconds() + " s",
                        "what close waits for, and whether it is bounded");
            }
        }
    }
}
