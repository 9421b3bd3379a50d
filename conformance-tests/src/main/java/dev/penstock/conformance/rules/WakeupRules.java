package dev.penstock.conformance.rules;

import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkWriter;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Wakeup and close race with everything else: CC-03. */
final class WakeupRules {
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final int BATCH = 3;
    private static final int MOST_SPINS = 3_000;
    private static final String SENTENCE =
            "Wakeup and close race with poll, write and prepare without a deadlock or a" + " lost row";
    private static final String CHECK =
            "a wakeup that comes between a read and its return, and must not throw the" + " rows away";

    private WakeupRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of("CC-03", Tier.T1, SENTENCE, WakeupRules::polls).of(Role.SOURCE),
                Rule.of("CC-03", Tier.T1, SENTENCE, WakeupRules::writes).of(Role.SINK));
    }

    /** Ten thousand polls for a badge; every other one races with a wakeup. */
    private static void polls(Trial trial) throws Exception {
        SourceSide side = trial.fixture().source();
        side.create(1);
        int count = 4 * trial.effort().cycles() * trial.effort().cycles();
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, count);
        side.append(0, rows);
        try (OpenSource source = OpenSource.open(trial)) {
            OpenReader reader = source.read(source.partitions(1).get(0));
            AtomicInteger polls = new AtomicInteger();
            Random random = new Random(trial.seed());
            FutureTask<Integer> waker = Threads.begin(() -> wake(reader.reader()::wakeup, polls, random));
            FutureTask<Boolean> polling = Threads.begin(() -> {
                while (reader.total() < count && !reader.ended()) {
                    polls.incrementAndGet();
                    reader.poll(1, OpenReader.MANY_BYTES, SHORT);
                }
                return true;
            });
            try {
                Threads.end(polling);
            } finally {
                polls.set(-1);
            }
            trial.note(Threads.end(waker) + " wakeups raced with the polls of " + count + " rows");
            HistoryChecker.exactlyOnce(rows).inOrder().verify(reader.rows(), CHECK);
            closeWhileWoken(reader.reader()::wakeup, reader);
        }
    }

    /** Wakes during every other poll, at a moment of chance; polls that were woken must have room to go on. */
    private static int wake(Runnable wakeup, AtomicInteger polls, Random random) {
        int wakeups = 0;
        int seen = 0;
        while (seen >= 0) {
            int now = polls.get();
            if (now < 0 || now >= seen + 2) {
                spin(random.nextInt(MOST_SPINS));
                wakeup.run();
                wakeups++;
                seen = now;
            } else {
                Thread.onSpinWait();
            }
        }
        return wakeups;
    }

    private static void spin(int times) {
        for (int count = 0; count < times; count++) {
            Thread.onSpinWait();
        }
    }

    private static void closeWhileWoken(Runnable wakeup, AutoCloseable part) throws Exception {
        FutureTask<Boolean> waker = Threads.begin(() -> {
            for (int count = 0; count < MOST_SPINS; count++) {
                wakeup.run();
            }
            return true;
        });
        part.close();
        part.close();
        Threads.end(waker);
    }

    /** A wakeup may fail the epoch, which is then written again by another life; it may not lose it. */
    private static void writes(Trial trial) throws Exception {
        trial.fixture().sink().create();
        int rounds = 2 * trial.effort().cycles();
        int failed = 0;
        for (int round = 0; round < rounds; round++) {
            List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 3L * BATCH * round, 3L * BATCH * (round + 1));
            if (!epoch(trial, life(trial, 2 * round), rows, true)) {
                failed++;
                epoch(trial, life(trial, 2 * round + 1), rows, false);
            }
        }
        trial.note(failed + " of " + rounds + " epochs were ended by a wakeup and written again");
        HistoryChecker.atLeastOnce(NumberedRow.inserts(trial.seed(), 0, 0, 3L * BATCH * rounds))
                .verify(trial.fixture().sink().visible(), CHECK);
    }

    private static Life life(Trial trial, int number) {
        long restored = number / 2 == 0 ? -1 : number / 2;
        return new Life(
                "run-" + number, number + 1, 1, restored, trial.fixture().sink().append(), List.of());
    }

    private static boolean epoch(Trial trial, Life life, List<NumberedRow> rows, boolean woken) throws Exception {
        int spins = trial.random().nextInt(10 * MOST_SPINS);
        SinkIncarnation sink = SinkIncarnation.start(trial, life);
        FutureTask<Boolean> waker = Threads.begin(() -> {
            spin(spins);
            sink.writers().stream().filter(writer -> woken).forEach(SinkWriter::wakeup);
            return woken;
        });
        try {
            sink.begin(Math.max(life.restoredEpoch(), 0) + 1);
            for (int from = 0; from < rows.size(); from += BATCH) {
                sink.write(rows.subList(from, from + BATCH));
            }
            sink.end();
            return true;
        } catch (RetryableException e) {
            return false;
        } finally {
            sink.close();
            Threads.end(waker);
            sink.close();
        }
    }
}
