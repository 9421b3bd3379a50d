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
import dev.penstock.spi.Poll;
import dev.penstock.spi.Role;
import dev.penstock.spi.data.Operation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** SP-09 and SP-10: how much a poll gives, how long it takes, and what a pause does. */
final class SourcePaceRules {
    private static final Duration SLACK = Duration.ofMillis(50);
    private static final Duration PROMPT = Duration.ofSeconds(1);
    private static final int TRIES = 3;
    private static final int KIBIBYTE = 1 << 10;
    private static final int BACKLOG = 1_400;
    private static final Duration LONG_PAUSE = Duration.ofSeconds(30);
    private static final long MAX_GROWTH = 64L << 20;

    private SourcePaceRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                                "SP-09",
                                Tier.T1,
                                "A poll keeps to its most rows, bytes and time, is quiet "
                                        + "when idle, and never ends for that",
                                SourcePaceRules::limits)
                        .of(Role.SOURCE),
                Rule.of(
                                "SP-10",
                                Tier.T1,
                                "A pause with a backlog costs neither memory nor the session",
                                SourcePaceRules::pause)
                        .of(Role.SOURCE)
                        .whileAlone());
    }

    private static void limits(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(1);
        requireSizes(trial);
        if (trial.connector().descriptor().can(Capability.UNBOUNDED)) {
            requireTimes(trial);
        }
    }

    /**
     * Rows of a KiB, one of 32 KiB among them, polled for 3 rows and for 8 KiB.
     *
     * <p>If this fails, check: the sum is taken before a row is added, not after.
     */
    private static void requireSizes(Trial trial) {
        List<NumberedRow> rows = new ArrayList<>();
        for (int sequence = 0; sequence < 40; sequence++) {
            rows.add(row(trial.seed(), sequence, sequence == 20 ? 32 * KIBIBYTE : KIBIBYTE));
        }
        trial.fixture().source().append(0, rows);
        try (OpenSource source = OpenSource.open(trial)) {
            OpenReader reader = source.read(source.onlyPartition());
            while (reader.total() < rows.size() && !reader.ended()) {
                int maxRows = reader.total() < 10 ? 3 : rows.size();
                if (reader.next(maxRows, 8 * KIBIBYTE) instanceof Poll.Rows found) {
                    requireSize(found, maxRows);
                }
            }
            RowComparison.require(rows, reader.rows(), "polled for 3 rows, then for 8 KiB", "what poll leaves out");
        }
    }

    private static void requireSize(Poll.Rows found, int maxRows) {
        int count = found.rows().rowCount();
        if (count + found.bad().size() > maxRows) {
            throw new RuleViolation(
                    "a poll for " + maxRows + " rows gave " + count + ", first "
                            + found.rows().row(0),
                    "poll gives at most maxRows, whatever the client has fetched");
        }
        if (count > 1 && found.rows().sizeInBytes() > 8 * KIBIBYTE) {
            throw new RuleViolation(
                    "a poll for " + 8 * KIBIBYTE + " bytes gave " + count + " rows of "
                            + found.rows().sizeInBytes() + " bytes",
                    "poll stops before the row that is too much, unless it is the only one");
        }
    }

    static NumberedRow row(long run, long sequence, int length) {
        return NumberedRow.of(
                Operation.INSERT, new NumberedRow.Place(run, 0, sequence), "0-" + sequence, "x".repeat(length));
    }

    private static void requireTimes(Trial trial) {
        try (OpenSource source = OpenSource.open(trial, Reading.UNBOUNDED)) {
            OpenReader reader = source.read(source.onlyPartition()).readRows(40, OpenReader.MANY_ROWS);
            for (Duration wait : List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(60))) {
                requireOnTime(reader, wait);
            }
            requirePrompt(trial, reader);
            requireQuiet(trial, reader);
        }
    }

    private static void requireOnTime(OpenReader reader, Duration wait) {
        Duration most = wait.plus(SLACK);
        Duration best = HostPace.shortest(TRIES, most, () -> idle(reader, wait));
        if (best.compareTo(most) > 0) {
            throw new RuleViolation(
                    "a poll that may wait " + wait.toMillis() + " ms took " + best.toMillis() + " ms, at best",
                    "poll passes maxWait on to what it waits for");
        }
    }

    /** How long a poll takes that finds nothing. */
    private static Duration idle(OpenReader reader, Duration wait) {
        long start = System.nanoTime();
        Poll poll = reader.poll(10, OpenReader.MANY_BYTES, wait);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (!(poll instanceof Poll.Idle)) {
            throw new RuleViolation(
                    "with all rows read, and more to come, a poll gave " + poll,
                    "no rows now is Idle; End is for a partition that never gives rows again");
        }
        return took;
    }

    /** One row is there, room is for many: it must not be kept until more have come. */
    private static void requirePrompt(Trial trial, OpenReader reader) {
        Duration best = HostPace.shortest(TRIES, PROMPT, () -> oneRow(trial, reader));
        if (best.compareTo(PROMPT) > 0) {
            throw new RuleViolation(
                    "row " + (reader.total() - 1) + " was there and came after " + best.toMillis() + " ms, at best",
                    "poll gives what there is; it does not wait for a full batch");
        }
    }

    /** How long a row takes that is there. */
    private static Duration oneRow(Trial trial, OpenReader reader) {
        NumberedRow row = row(trial.seed(), reader.total(), 10);
        trial.fixture().source().append(0, List.of(row));
        long start = System.nanoTime();
        int before = reader.total();
        while (reader.total() == before && System.nanoTime() - start < OpenSource.PATIENCE.toNanos()) {
            reader.poll(OpenReader.MANY_ROWS, OpenReader.MANY_BYTES, OpenSource.PATIENCE);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void requireQuiet(Trial trial, OpenReader reader) {
        Duration watched = Duration.ofMillis(trial.effort().soakMillis());
        Duration busy = ManagementFactory.getThreadMXBean().isCurrentThreadCpuTimeSupported()
                ? busyWhileIdle(reader, watched)
                : Duration.ZERO;
        Duration most = watched.dividedBy(50).plusMillis(10);
        if (busy.compareTo(most) > 0) {
            throw new RuleViolation(
                    "polls that found nothing took " + busy.toMillis() + " ms of processor time in "
                            + watched.toMillis() + " ms",
                    "poll waits for rows; it does not ask for them in a loop");
        }
    }

    private static Duration busyWhileIdle(OpenReader reader, Duration watched) {
        long start = System.nanoTime();
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        while (System.nanoTime() - start < watched.toNanos()) {
            long asked = System.nanoTime();
            if (reader.poll(10, OpenReader.MANY_BYTES, Duration.ofMillis(100)) instanceof Poll.Idle idle) {
                long left = idle.retryAfter().toNanos() - (System.nanoTime() - asked);
                LockSupport.parkNanos(Math.max(0, left));
            }
        }
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
    }

    /**
     * Reads a little of a large backlog, waits, and reads on.
     *
     * <p>If this fails, check: what reads ahead, and how much of it at most.
     */
    private static void pause(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(1);
        List<NumberedRow> rows = new ArrayList<>();
        for (int sequence = 0; sequence < BACKLOG; sequence++) {
            rows.add(row(trial.seed(), sequence, 64 * KIBIBYTE));
        }
        side.append(0, rows);
        long before = usedHeap();
        try (OpenSource source = OpenSource.open(trial)) {
            OpenReader reader = source.read(source.onlyPartition()).readRows(8, 8);
            LockSupport.parkNanos(pauseOf(trial.effort()).toNanos());
            long growth = growth(before);
            if (growth > MAX_GROWTH) {
                throw new RuleViolation(
                        "the heap grew by " + (growth >> 20) + " MiB in a pause after row " + (reader.total() - 1),
                        "what reads ahead stops at a number of bytes");
            }
            int polls = reader.batches().size();
            int read = reader.total();
            int more = trial.effort().equals(Effort.QUICK) ? 128 : BACKLOG;
            reader.readRows(more, 64);
            RowComparison.require(
                    rows.subList(0, reader.total()), reader.rows(), "read on after a pause", "what a pause does");
            trial.note("with a backlog, a poll for 64 rows gave "
                    + (reader.total() - read) / Math.max(1, reader.batches().size() - polls) + " in the mean");
        }
    }

    /** A badge wants one that is longer than the patience of most systems with those who are connected and silent. */
    private static Duration pauseOf(Effort effort) {
        return effort.equals(Effort.FULL) ? LONG_PAUSE : Duration.ofMillis(effort.soakMillis());
    }

    /** What is still used after garbage was collected, a few times if need be. */
    private static long growth(long before) {
        long growth = usedHeap() - before;
        for (int attempt = 1; attempt < TRIES && growth > MAX_GROWTH; attempt++) {
            growth = usedHeap() - before;
        }
        return growth;
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
