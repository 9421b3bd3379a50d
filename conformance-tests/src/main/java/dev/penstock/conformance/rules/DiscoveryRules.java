package dev.penstock.conformance.rules;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The rules SD: which partitions there are. */
public final class DiscoveryRules {
    private static final int MANY = 37;
    private static final int WRITERS = 4;
    private static final int DISCOVERIES = 100;
    private static final int ROWS = 5;

    private DiscoveryRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        List<Rule> rules = new ArrayList<>();
        rules.add(Rule.of(
                        "SD-01",
                        Tier.T1,
                        "Ids of partitions are unique, printable, and the same for every instance at any time",
                        DiscoveryRules::stableIds)
                .of(Role.SOURCE));
        rules.add(Rule.of(
                        "SD-02",
                        Tier.T1,
                        "All partitions together give every row, and each row once",
                        DiscoveryRules::disjoint)
                .of(Role.SOURCE)
                .onEachEngine());
        rules.add(Rule.of(
                        "SD-03",
                        Tier.T1,
                        "Discovery changes nothing outside and disturbs no reader, however often it runs",
                        DiscoveryRules::harmless)
                .of(Role.SOURCE));
        rules.addAll(ChangingPartitionRules.all());
        return List.copyOf(rules);
    }

    /**
     * Discovers with three instances, before and after a partition went away.
     *
     * <p>If this fails, check: an id is made of what the partition is, not of its place in a list.
     */
    private static void stableIds(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(3);
        for (int partition = 0; partition < 3; partition++) {
            side.append(partition, NumberedRow.inserts(trial.seed(), partition, 0, ROWS));
        }
        Map<String, Integer> first = contents(trial, 3);
        requireSame(first, contents(trial, 3), "by a second instance");
        for (int partition = 0; partition < 3; partition++) {
            side.append(partition, NumberedRow.inserts(trial.seed(), partition, ROWS, 2 * ROWS));
        }
        Map<String, Integer> grown = first;
        if (side.versioned()) {
            grown = besides(trial, first);
        } else {
            requireSame(first, contents(trial, 3), "after rows were appended");
        }
        if (trial.connector().descriptor().can(Capability.DISCOVERY)) {
            side.removePartition(0);
            requireSame(grown, contents(trial, grown.size() * 2 / 3), "after another partition went away");
        }
    }

    /** The kit's partition in each of the connector's, told by its first row. */
    private static Map<String, Integer> contents(Trial trial, int count) {
        Map<String, Integer> contents = new HashMap<>();
        try (OpenSource source = OpenSource.open(trial)) {
            List<Partition> partitions = source.partitions(count);
            requireIds(partitions);
            for (Partition partition : partitions) {
                OpenReader reader = source.read(partition).readRows(1, 1);
                contents.put(partition.id(), reader.rows().get(0).partition());
            }
        }
        return contents;
    }

    /**
     * As {@link #contents}: the partitions there were, which are as they were, and those of the rows that came since.
     */
    private static Map<String, Integer> besides(Trial trial, Map<String, Integer> first) {
        Map<String, Integer> contents = new HashMap<>();
        try (OpenSource source = OpenSource.open(trial)) {
            List<Partition> partitions = source.partitions(2 * first.size());
            requireIds(partitions);
            for (Partition partition : partitions) {
                OpenReader reader = source.read(partition).readAll(ROWS, OpenReader.MANY_ROWS);
                int number =
                        first.getOrDefault(partition.id(), reader.rows().get(0).partition());
                int from = first.containsKey(partition.id()) ? 0 : ROWS;
                RowComparison.require(
                        NumberedRow.inserts(trial.seed(), number, from, from + ROWS),
                        reader.rows(),
                        "partition '" + partition.id() + "', read after rows were appended",
                        "what SourceSide.versioned says: a partition is never added to, and keeps its id");
                contents.put(partition.id(), number);
            }
        }
        return contents;
    }

    private static void requireIds(List<Partition> partitions) {
        Set<String> ids = new TreeSet<>();
        for (Partition partition : partitions) {
            if (!ids.add(partition.id())) {
                throw new RuleViolation("two partitions have the id '" + partition.id() + "'", "how ids are made");
            }
            if (partition.id().chars().anyMatch(letter -> letter < ' ' || letter == 0x7f)) {
                throw new RuleViolation(
                        "the id '" + partition.id() + "' has letters that cannot be printed", "how ids are made");
            }
        }
    }

    private static void requireSame(Map<String, Integer> first, Map<String, Integer> later, String when) {
        later.forEach((id, content) -> {
            if (!content.equals(first.get(id))) {
                throw new RuleViolation(
                        "partition '" + id + "', discovered " + when + ", has the rows of the kit's partition "
                                + content + "; at first the ids were " + first,
                        "an id is made of what the partition is, not of its place in a list, the host or the time");
            }
        });
    }

    /**
     * Reads 37 partitions, by hand and through an engine, and looks for every row.
     *
     * <p>If this fails, check: what decides which partition a row belongs to.
     */
    private static void disjoint(Trial trial) throws InterruptedException {
        SourceSide side = trial.fixture().source();
        side.create(MANY);
        List<NumberedRow> rows = new ArrayList<>();
        for (int partition = 0; partition < MANY; partition++) {
            List<NumberedRow> some = NumberedRow.inserts(trial.seed(), partition, 0, ROWS);
            side.append(partition, some);
            rows.addAll(some);
        }
        String check = "what decides which partition a row belongs to";
        List<NumberedRow> seen = new ArrayList<>();
        try (OpenSource source = OpenSource.open(trial)) {
            for (Partition partition : source.partitions(MANY)) {
                OpenReader reader = source.read(partition).readAll(ROWS, OpenReader.MANY_ROWS);
                seen.addAll(reader.rows());
                reader.close();
            }
        }
        HistoryChecker.exactlyOnce(rows).verify(seen, check);
        SourcePipeline pipeline = new SourcePipeline(trial, "disjoint", trial.settings(), WRITERS);
        if (OpenSource.settings(trial, Reading.BOUNDED).isPresent()) {
            pipeline.runToItsEnd();
        } else {
            try (TestedEngine.Running running = pipeline.start()) {
                pipeline.awaitRows(rows.size());
                running.stop();
            }
        }
        HistoryChecker.exactlyOnce(rows).verify(pipeline.rows(), check);
    }

    /**
     * Looks at what is outside before and after, and discovers while a partition is being read.
     *
     * <p>If this fails, check: what the client library makes by itself when it is asked about a thing, and what
     * discovery shares with readers.
     */
    private static void harmless(Trial trial) throws InterruptedException {
        SourceSide side = trial.fixture().source();
        side.create(1);
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, 200);
        side.append(0, rows);
        Inventory before = trial.fixture().inventory();
        try (OpenSource source = OpenSource.unprovisioned(trial, trial.settings())) {
            source.discover();
            source.discover();
        }
        Set<String> added = trial.fixture().inventory().addedSince(before);
        if (!added.isEmpty()) {
            throw new RuleViolation(
                    "discover() made " + added, "only provision() makes anything outside; see what the client does");
        }
        try (OpenSource source = OpenSource.open(trial)) {
            OpenReader reader = source.read(source.onlyPartition());
            discoverWhile(source, reader, rows.size());
            RowComparison.require(
                    rows, reader.rows(), "read while another thread discovered", "what discovery shares with readers");
        }
    }

    /** Another thread discovers all the time; the last half is read when it has done so often enough. */
    private static void discoverWhile(OpenSource source, OpenReader reader, int rows) throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch discoveries = new CountDownLatch(DISCOVERIES);
        Thread discovering = new Thread(
                () -> {
                    while (!done.get()) {
                        source.discover();
                        discoveries.countDown();
                    }
                },
                "discover");
        discovering.start();
        try {
            reader.readRows(rows / 2, 2);
            if (!discoveries.await(OpenSource.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RuleViolation(
                        DISCOVERIES + " discoveries while a partition is read did not end within "
                                + OpenSource.PATIENCE.toSeconds() + " s",
                        "discover does not wait for readers, and throws nothing because of them");
            }
            reader.readAll(rows, 2);
        } finally {
            done.set(true);
            discovering.join();
        }
    }
}
