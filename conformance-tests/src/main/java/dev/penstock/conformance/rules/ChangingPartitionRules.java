package dev.penstock.conformance.rules;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** SD-04 to SD-06: partitions that appear, vanish, or never were. */
final class ChangingPartitionRules {
    private static final int ROWS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration WAIT = Duration.ofMillis(100);

    private ChangingPartitionRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                                "SD-04",
                                Tier.T1,
                                "A partition that appears is found, and read from its beginning whatever the start is",
                                ChangingPartitionRules::appears)
                        .of(Role.SOURCE)
                        .needing(Capability.DISCOVERY, Capability.UNBOUNDED)
                        .onEachEngine(),
                Rule.of(
                                "SD-05",
                                Tier.T1,
                                "A partition that goes away is reported, its reader does not hang, and others read on",
                                ChangingPartitionRules::vanishes)
                        .of(Role.SOURCE)
                        .needing(Capability.DISCOVERY),
                Rule.of(
                                "SD-06",
                                Tier.T1,
                                "Nothing to read is said, as an error of the settings or by "
                                        + "waiting, and never hangs a run",
                                ChangingPartitionRules::nothing)
                        .of(Role.SOURCE)
                        .onEachEngine());
    }

    /**
     * Adds a partition with rows before it can have been discovered: while the source is open, and while it is down.
     *
     * <p>If this fails, check: how a partition that was there on the first start is told from one that came later.
     */
    private static void appears(Trial trial) {
        trial.fixture().source().create(2);
        int count = 2;
        for (Reading reading : List.of(Reading.UNBOUNDED, Reading.LATEST)) {
            Optional<Map<String, Object>> settings = OpenSource.settings(trial, reading);
            if (settings.isPresent()) {
                Map<String, ResumeState> known = new TreeMap<>();
                try (OpenSource source = OpenSource.open(trial, settings.get())) {
                    source.partitions(count).forEach(partition -> known.put(partition.id(), polled(source, partition)));
                    requireWhole(trial, source, known, reading + ", added while the source was open");
                }
                try (OpenSource source = OpenSource.open(trial, settings.get())) {
                    source.source().restored(Map.copyOf(known));
                    requireWhole(trial, source, known, reading + ", added while the source was down");
                }
                requireWholeOnEngine(trial, known.size(), settings.get());
                count = known.size() + 2;
            }
        }
    }

    /** Where a reader stands that was polled once. */
    private static ResumeState polled(OpenSource source, Partition partition) {
        try (OpenReader reader = source.read(partition)) {
            reader.poll(1, OpenReader.MANY_BYTES, Duration.ZERO);
            return reader.position();
        }
    }

    /** Adds a partition once rows of another are known to have come, and one more between two runs. */
    private static void requireWholeOnEngine(Trial trial, int number, Map<String, Object> settings) {
        SourceSide side = trial.fixture().source();
        SourcePipeline pipeline = new SourcePipeline(trial, "appears-" + number, settings, 2);
        try (TestedEngine.Running running = pipeline.start()) {
            long deadline = System.nanoTime() + OpenSource.PATIENCE.toNanos();
            for (int row = 0; pipeline.rows().isEmpty() && System.nanoTime() < deadline; row++) {
                side.append(0, List.of(NumberedRow.insert(trial.seed(), 0, row)));
                pipeline.awaitRows(seen -> !seen.isEmpty(), WAIT);
            }
            addAndAwait(trial, pipeline, number);
            running.stop();
        }
        requireAllOf(trial, pipeline, number, "while the pipeline ran");
        side.addPartition();
        side.append(number + 1, NumberedRow.inserts(trial.seed(), number + 1, 0, ROWS));
        try (TestedEngine.Running running = pipeline.start()) {
            pipeline.awaitRows(seen -> of(number + 1, seen).size() >= ROWS, PATIENCE.multipliedBy(3));
            running.stop();
        }
        requireAllOf(trial, pipeline, number + 1, "while the pipeline was down");
    }

    private static void addAndAwait(Trial trial, SourcePipeline pipeline, int number) {
        trial.fixture().source().addPartition();
        trial.fixture().source().append(number, NumberedRow.inserts(trial.seed(), number, 0, ROWS));
        pipeline.awaitRows(seen -> of(number, seen).size() >= ROWS, PATIENCE.multipliedBy(3));
    }

    private static void requireAllOf(Trial trial, SourcePipeline pipeline, int number, String when) {
        HistoryChecker.exactlyOnce(NumberedRow.inserts(trial.seed(), number, 0, ROWS))
                .verify(
                        of(number, pipeline.rows()),
                        "a partition that was added " + when
                                + " is read from its beginning, also if the start is the latest");
    }

    private static List<NumberedRow> of(int partition, List<NumberedRow> rows) {
        return rows.stream().filter(row -> row.partition() == partition).toList();
    }

    /** Adds a partition with rows in it, reads it as soon as it is there, and adds it to those that are known. */
    private static void requireWhole(Trial trial, OpenSource source, Map<String, ResumeState> known, String when) {
        int number = known.size();
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), number, 0, ROWS);
        trial.fixture().source().addPartition();
        trial.fixture().source().append(number, rows);
        Partition added = source.partitions(number + 1).stream()
                .filter(partition -> !known.containsKey(partition.id()))
                .findFirst()
                .orElseThrow(() -> new RuleViolation(
                        "the partition that was added has the id of another: all of " + known.keySet() + " were known",
                        "how ids are made"));
        OpenReader reader = source.read(added);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reader.total() < ROWS && System.nanoTime() < deadline) {
            reader.poll(ROWS, OpenReader.MANY_BYTES, OpenReader.WAIT);
        }
        RowComparison.require(
                rows,
                reader.rows(),
                "partition '" + added.id() + "', read " + when,
                "a partition that appears later is read from its beginning, also if the start is the latest;"
                        + " Source.restored says which ones are not new");
        known.put(added.id(), reader.position());
        reader.close();
    }

    /**
     * Takes away a partition that is half read.
     *
     * <p>If this fails, check: what a reader makes of the error that its partition is gone.
     */
    private static void vanishes(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(3);
        for (int partition = 0; partition < 3; partition++) {
            side.append(partition, NumberedRow.inserts(trial.seed(), partition, 0, ROWS));
        }
        try (OpenSource source = OpenSource.open(trial, longest(trial))) {
            List<OpenReader> readers = new ArrayList<>();
            source.partitions(3).forEach(partition -> readers.add(source.read(partition)));
            readers.forEach(reader -> reader.readRows(1, ROWS / 2));
            OpenReader gone = readers.stream()
                    .filter(reader -> reader.rows().get(0).partition() == 2)
                    .findFirst()
                    .orElseThrow();
            side.removePartition(2);
            String id = gone.partition().id();
            source.awaitPartitions(
                    found -> found.stream().noneMatch(there -> there.id().equals(id)),
                    "all but '" + id + "', which was removed,");
            requireNoHang(gone, "its reader");
            requireReadOn(trial, readers, gone);
            requireSaid(source, gone);
        }
    }

    private static Map<String, Object> longest(Trial trial) {
        return OpenSource.settings(trial, Reading.UNBOUNDED).orElseGet(trial::settings);
    }

    private static void requireNoHang(OpenReader reader, String who) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!reader.ended()) {
                Poll poll = reader.poll(ROWS, OpenReader.MANY_BYTES, OpenReader.WAIT);
                if (poll instanceof Poll.Idle && System.nanoTime() > deadline) {
                    throw new RuleViolation(
                            "partition '" + reader.partition().id() + "' was removed, and " + who + " is idle after "
                                    + reader.total() + " rows, as if more could come",
                            "a reader whose partition is gone ends, or throws ResumeLostException for unread rows");
                }
            }
        } catch (ResumeLostException e) {
            // Rows were left unread, and the operator is told.
        }
    }

    private static void requireReadOn(Trial trial, List<OpenReader> readers, OpenReader gone) {
        for (OpenReader reader : readers) {
            if (reader != gone) {
                reader.readRows(ROWS, ROWS);
                int partition = reader.rows().get(0).partition();
                RowComparison.require(
                        NumberedRow.inserts(trial.seed(), partition, 0, ROWS),
                        reader.rows(),
                        "partition '" + reader.partition().id() + "', read on when another was gone",
                        "what the readers of a source share");
            }
        }
    }

    /** Asks for the partition once more, as an engine does that has a state of it. */
    private static void requireSaid(OpenSource source, OpenReader gone) {
        try (OpenReader again =
                source.resume(gone.partition(), gone.batches().get(0).after())) {
            requireNoHang(again, "the reader that was made once more, with its state,");
        } catch (ResumeLostException e) {
            // As good: it says what became of it.
        }
    }

    /**
     * Reads an object that is not there, and one without partitions.
     *
     * <p>If this fails, check: what open and discover do when there is nothing.
     */
    private static void nothing(Trial trial) throws InterruptedException {
        Optional<Map<String, Object>> missing =
                trial.settings(Variant.MISSING_OBJECT, trial.fixture().endpoint());
        missing.ifPresent(settings -> requireError(trial, settings));
        trial.fixture().source().create(0);
        try (OpenSource source = OpenSource.open(trial)) {
            Discovery found = source.discover();
            boolean complete = OpenSource.settings(trial, Reading.BOUNDED).isPresent();
            if (!found.partitions().isEmpty()) {
                throw new RuleViolation(
                        "partition '" + found.partitions().get(0).id() + "' was discovered where there is none",
                        "what discover lists");
            }
            if (complete && !found.complete()) {
                throw new RuleViolation(
                        "no partition was discovered, to be read to the end, and more are said to come: a run that"
                                + " waits for them never ends",
                        "discover says whether partitions may still appear, also when there are none");
            }
            if (complete) {
                new SourcePipeline(trial, "nothing", trial.settings(), 2).runToItsEnd();
            }
        } catch (ConfigException e) {
            trial.note("Nothing to read is an error: " + e.getMessage());
        }
    }

    private static void requireError(Trial trial, Map<String, Object> settings) {
        try (OpenSource source = OpenSource.unprovisioned(trial, settings)) {
            Discovery found = source.discover();
            if (!found.partitions().isEmpty()) {
                throw new RuleViolation(
                        "partition '" + found.partitions().get(0).id() + "' was discovered in what is not there",
                        "what discover lists");
            }
            trial.note("What is missing is waited for");
        } catch (ConfigException e) {
            trial.note("What is missing is an error: " + e.getMessage());
        }
    }
}
