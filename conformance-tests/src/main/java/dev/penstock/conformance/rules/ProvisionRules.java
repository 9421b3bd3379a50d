package dev.penstock.conformance.rules;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriterSlot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Outside objects are made and removed by provision and deprovision alone: LC-08. */
final class ProvisionRules {
    private static final String SENTENCE =
            "Provision and deprovision can be called twice and are complete, and nothing else makes outside objects";
    private static final Duration DISCOVERY = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Trial trial;
    private Inventory expected;

    private ProvisionRules(Trial trial) {
        this.trial = trial;
        this.expected = trial.fixture().inventory();
    }

    static List<Rule> all() {
        return List.of(
                Rule.of("LC-08", Tier.T1, SENTENCE, trial -> started(trial).source())
                        .of(Role.SOURCE),
                Rule.of("LC-08", Tier.T1, SENTENCE, trial -> started(trial).sink())
                        .of(Role.SINK));
    }

    private static ProvisionRules started(Trial trial) {
        Outside.create(trial);
        return new ProvisionRules(trial);
    }

    private void source() {
        Inventory before = expected;
        try (Source source = trial.connector().source(trial.config())) {
            source.open(trial.context());
            requireSame("open");
            source.schema();
            requireSame("schema");
            Partition partition = source.discover(DISCOVERY).partitions().get(0);
            requireSame("discover");
            source.provision();
            expected = trial.fixture().inventory();
            source.provision();
            requireSame("the second provision");
            try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                reader.poll(2, 1 << 20, WAIT);
                requireSame("poll");
            }
            requireSame("close of the partition");
            source.deprovision();
            expected = before;
            requireSame("deprovision");
            source.deprovision();
            requireSame("the second deprovision");
        }
        requireSame("close");
    }

    private void sink() {
        Inventory before = expected;
        SinkSide side = trial.fixture().sink();
        try (Sink sink = trial.connector().sink(trial.config())) {
            sink.open(trial.context());
            requireSame("open");
            sink.plan(side.schema(), side.append());
            requireSame("plan");
            sink.provision();
            expected = trial.fixture().inventory();
            sink.provision();
            requireSame("the second provision");
            sink.writer(new WriterSlot("conformance/sink", "run-1", 0, 1, -1), List.of())
                    .close();
            requireSame("a writer that wrote nothing");
            sink.deprovision();
            expected = before;
            requireSame("deprovision");
            sink.deprovision();
            requireSame("the second deprovision");
        }
        requireSame("close");
    }

    /** If this fails, check: that the objects are made where the message says, and are to be made by provision. */
    private void requireSame(String after) {
        Inventory now = trial.fixture().inventory();
        Set<String> added = now.addedSince(expected);
        Set<String> removed = new TreeSet<>(expected.addedSince(now));
        if (!added.isEmpty() || !removed.isEmpty()) {
            throw new RuleViolation(
                    "after " + after + (added.isEmpty() ? "" : " there are also " + added)
                            + (removed.isEmpty() ? "" : " there are no longer " + removed),
                    "provision makes outside objects and deprovision removes those, each also if it did so already");
        }
    }
}
