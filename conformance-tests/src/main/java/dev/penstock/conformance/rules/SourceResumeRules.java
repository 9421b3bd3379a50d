package dev.penstock.conformance.rules;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** SP-02, SP-05, SP-07 and SP-12: going on from a state. */
final class SourceResumeRules {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final List<Integer> LIMITS = List.of(1, 7, 1_024);

    private SourceResumeRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                                "SP-02",
                                Tier.T1,
                                "Resuming from the state of any batch gives exactly the rows after it",
                                SourceResumeRules::everyBatch)
                        .of(Role.SOURCE),
                Rule.of(
                                "SP-05",
                                Tier.T1,
                                "A position exists before the first row, and a start at the latest is resolved once",
                                SourceResumeRules::latestOnce)
                        .of(Role.SOURCE)
                        .needing(Capability.UNBOUNDED),
                Rule.of(
                                "SP-07",
                                Tier.T1,
                                "A position that is no longer there is an error that names it, never a silent jump",
                                SourceResumeRules::lostPosition)
                        .of(Role.SOURCE),
                Rule.of(
                                "SP-12",
                                Tier.T1,
                                "Resuming within rows that share one position neither skips nor repeats any of them",
                                SourceResumeRules::sharedPosition)
                        .of(Role.SOURCE));
    }

    /**
     * Reads once, then resumes from every state that was given.
     *
     * <p>If this fails, check: the state resumes after the last row given, not at it.
     */
    private static void everyBatch(Trial trial) {
        int size = trial.effort().equals(Effort.QUICK) ? 40 : 200;
        SourceSide side = trial.fixture().source();
        side.create(1);
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, size);
        side.append(0, rows);
        for (int limit : LIMITS) {
            try (OpenSource source = OpenSource.open(trial)) {
                OpenReader reader = source.read(source.onlyPartition()).readAll(size, limit);
                String when = "read from the start in batches of " + limit;
                RowComparison.require(rows, reader.rows(), when, "poll gives every row once");
                requireSuffixes(trial, reader, rows);
                requireSamePosition(source, reader);
            }
        }
    }

    private static void requireSuffixes(Trial trial, OpenReader read, List<NumberedRow> rows) {
        Set<Integer> boundaries = sample(
                trial.random(), read.batches().size(), 10 * trial.effort().seeds());
        try (OpenSource source = OpenSource.open(trial)) {
            Partition partition = source.onlyPartition();
            for (int boundary : boundaries) {
                OpenReader.Batch batch = read.batches().get(boundary);
                int left = rows.size() - batch.total();
                OpenReader resumed = source.resume(partition, batch.after());
                resumed.readAll(left, OpenReader.MANY_ROWS);
                RowComparison.require(
                        rows.subList(batch.total(), rows.size()),
                        resumed.rows(),
                        "resumed after " + batch.total() + " of " + rows.size() + " rows",
                        "Rows.after must resume after the last row of its batch, not at it and not further");
                resumed.close();
            }
        }
    }

    /** Some of the numbers below {@code count}, the first and the last among them. */
    static Set<Integer> sample(Random random, int count, int most) {
        Set<Integer> chosen = new TreeSet<>();
        if (count > 0) {
            chosen.add(0);
            chosen.add(count - 1);
        }
        while (chosen.size() < Math.min(count, most)) {
            chosen.add(random.nextInt(count));
        }
        return chosen;
    }

    private static void requireSamePosition(OpenSource source, OpenReader read) {
        if (!read.ended()) {
            read.poll(1, OpenReader.MANY_BYTES, OpenReader.WAIT);
        }
        ResumeState last = read.position();
        try (OpenReader again = source.resume(read.partition(), last)) {
            again.poll(1, OpenReader.MANY_BYTES, OpenReader.WAIT);
            if (!again.position().equals(last)) {
                throw new RuleViolation(
                        "a reader that was resumed at " + source.source().describe(last) + " stands at "
                                + source.source().describe(again.position()) + " before it gave a row",
                        "the first position of a reader is the state that it was given");
            }
        }
    }

    /**
     * Starts where nothing is yet, and at the latest, stops before a row has come, and resumes after some have.
     *
     * <p>If this fails, check: Idle.position holds the place that the start was resolved to.
     */
    private static void latestOnce(Trial trial) {
        trial.fixture().source().create(1);
        long appended = 0;
        for (Reading reading : List.of(Reading.UNBOUNDED, Reading.LATEST, Reading.FROM_NOW)) {
            Optional<Map<String, Object>> settings = OpenSource.settings(trial, reading);
            if (settings.isPresent()) {
                ResumeState idle = idleAtTheStart(trial, settings.get());
                List<NumberedRow> missed = NumberedRow.inserts(trial.seed(), 0, appended, appended + 5);
                trial.fixture().source().append(0, missed);
                appended += missed.size();
                try (OpenSource source = OpenSource.open(trial, settings.get())) {
                    RowComparison.require(
                            missed,
                            source.rowsFrom(source.onlyPartition(), idle, missed.size()),
                            "started " + reading + ", stopped when idle, and resumed after 5 rows were appended",
                            "the state of an idle poll holds the place that the start was resolved to");
                }
            }
        }
    }

    private static ResumeState idleAtTheStart(Trial trial, Map<String, Object> settings) {
        try (OpenSource source = OpenSource.open(trial, settings);
                OpenReader reader = source.read(source.onlyPartition())) {
            Poll poll = reader.poll(10, OpenReader.MANY_BYTES, SHORT);
            if (!(poll instanceof Poll.Idle idle)) {
                throw new RuleViolation(
                        "a start behind the last row there is gave " + poll + ", first " + reader.rows(),
                        "where reading begins, and that no rows now is Idle");
            }
            return idle.position();
        }
    }

    /**
     * Has the rows at and after a state expire.
     *
     * <p>If this fails, check: what the client library does by itself when a position is out of range.
     */
    private static void lostPosition(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(1);
        side.append(0, NumberedRow.inserts(trial.seed(), 0, 0, 20));
        try (OpenSource source = OpenSource.open(trial)) {
            Partition partition = source.onlyPartition();
            OpenReader before = source.read(partition).readRows(1, 5);
            ResumeState state = before.batches().get(0).after();
            before.close();
            side.expire(0, 15);
            try (OpenReader reader = source.resume(partition, state)) {
                Poll poll = reader.next(5);
                throw new RuleViolation(
                        "resumed after row " + (before.total() - 1) + ", when the rows before row 15 had expired, gave "
                                + (reader.rows().isEmpty()
                                        ? poll.toString()
                                        : reader.rows().get(0).toString()),
                        "what is done about a position that is out of range: throw ResumeLostException");
            } catch (ResumeLostException e) {
                requireNamed(partition, e);
            }
        }
    }

    private static void requireNamed(Partition partition, ResumeLostException lost) {
        List<String> parts = List.of(lost.position(), lost.earliest());
        if (!lost.partition().equals(partition.id()) || parts.stream().anyMatch(String::isBlank)) {
            throw new RuleViolation(
                    "the error does not name partition '" + partition.id()
                            + "', the position and the earliest that is there: " + lost.getMessage(),
                    "what ResumeLostException is made of",
                    lost);
        }
    }

    /**
     * Resumes at places inside of rows that were put there at once; between two others, where partitions can grow.
     *
     * <p>If this fails, check: the state says how many rows of the position were given, not the position alone.
     */
    private static void sharedPosition(Trial trial) {
        int size = trial.effort().equals(Effort.QUICK) ? 60 : 1_000;
        SourceSide side = trial.fixture().source();
        side.create(1);
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, size + 2L);
        if (side.versioned()) {
            side.appendTogether(0, rows);
        } else {
            side.append(0, rows.subList(0, 1));
            side.appendTogether(0, rows.subList(1, size + 1));
            side.append(0, rows.subList(size + 1, size + 2));
        }
        List<OpenReader.Batch> batches = new ArrayList<>();
        try (OpenSource source = OpenSource.open(trial)) {
            batches.addAll(
                    source.read(source.onlyPartition()).readAll(rows.size(), 7).batches());
            for (int boundary :
                    sample(trial.random(), batches.size(), 5 * trial.effort().seeds())) {
                OpenReader.Batch batch = batches.get(boundary);
                RowComparison.require(
                        rows.subList(batch.total(), rows.size()),
                        source.rowsFrom(source.onlyPartition(), batch.after(), rows.size() - batch.total()),
                        "resumed after " + batch.total() + " rows, of which those after the first share a position",
                        "the state says how many rows of the position were given");
            }
        }
    }
}
