package dev.penstock.conformance.rules;

import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The rules CC: threads. */
public final class ConcurrencyRules {
    private static final int ROWS = 40;
    private static final int PARALLEL = 16;

    private ConcurrencyRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        String confined = "Calls may come from another thread each time, one at a time";
        String parallel = "Sixteen instances side by side do what each does alone";
        return Stream.of(
                        List.of(
                                Rule.of("CC-01", Tier.T1, confined, ConcurrencyRules::confinedReader)
                                        .of(Role.SOURCE),
                                Rule.of("CC-01", Tier.T1, confined, ConcurrencyRules::confinedWriter)
                                        .of(Role.SINK),
                                Rule.of("CC-02", Tier.T1, parallel, ConcurrencyRules::parallelReaders)
                                        .of(Role.SOURCE),
                                Rule.of("CC-02", Tier.T1, parallel, ConcurrencyRules::parallelWriters)
                                        .of(Role.SINK)),
                        WakeupRules.all())
                .flatMap(List::stream)
                .toList();
    }

    private static void confinedReader(Trial trial) throws Exception {
        SourceSide side = trial.fixture().source();
        side.create(1);
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, ROWS);
        side.append(0, rows);
        OpenSource source = Threads.inAnother(() -> OpenSource.open(trial));
        try (source) {
            Partition partition = Threads.inAnother(() -> source.partitions(1).get(0));
            OpenReader reader = Threads.inAnother(() -> source.read(partition));
            while (reader.total() < ROWS && !reader.ended()) {
                Threads.inAnother(() -> reader.next(1));
            }
            HistoryChecker.exactlyOnce(rows)
                    .inOrder()
                    .verify(reader.rows(), "ThreadLocal, thread identity, locks that belong to a thread");
        }
    }

    private static void confinedWriter(Trial trial) throws Exception {
        trial.fixture().sink().create();
        Life life = Life.first(trial.fixture().sink().append());
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, ROWS);
        SinkIncarnation sink = Threads.inAnother(() -> SinkIncarnation.claimed(trial, life, trial.settings()));
        try (sink) {
            Threads.inAnother(call(sink::openWriters));
            for (int epoch = 0; epoch < 4; epoch++) {
                int number = epoch;
                Threads.inAnother(call(() -> sink.begin(number + 1)));
                for (int row = 10 * epoch; row < 10 * (epoch + 1); row += 2) {
                    List<NumberedRow> batch = rows.subList(row, row + 2);
                    Threads.inAnother(call(() -> sink.write(batch)));
                }
                if (sink.isTransactional()) {
                    List<Prepared> prepared = Threads.inAnother(sink::prepare);
                    Threads.inAnother(call(() -> sink.settle(prepared)));
                } else {
                    Threads.inAnother(call(sink::end));
                }
            }
        }
        HistoryChecker.exactlyOnce(rows)
                .verify(
                        trial.fixture().sink().visible(),
                        "ThreadLocal, thread identity, locks that belong to a thread");
    }

    private static Callable<Boolean> call(Runnable body) {
        return () -> {
            body.run();
            return true;
        };
    }

    /** Every partition has a reader of its own, all of them at once, each in batches of another size. */
    private static void parallelReaders(Trial trial) throws Exception {
        SourceSide side = trial.fixture().source();
        side.create(PARALLEL);
        List<NumberedRow> rows = new ArrayList<>();
        for (int partition = 0; partition < PARALLEL; partition++) {
            List<NumberedRow> own = NumberedRow.inserts(trial.seed(), partition, 0, ROWS);
            side.append(partition, own);
            rows.addAll(own);
        }
        List<NumberedRow> read = new ArrayList<>();
        try (OpenSource source = OpenSource.open(trial)) {
            List<OpenReader> readers =
                    source.partitions(PARALLEL).stream().map(source::read).toList();
            List<Callable<List<NumberedRow>>> tasks = new ArrayList<>();
            for (int index = 0; index < PARALLEL; index++) {
                OpenReader reader = readers.get(index);
                int batch = 1 + 3 * index;
                tasks.add(() -> reader.readAll(ROWS, batch).rows());
            }
            Threads.together(tasks).forEach(read::addAll);
        }
        HistoryChecker.exactlyOnce(rows)
                .inOrder()
                .verify(read, "static fields, and whatever instances of the connector share");
    }

    private static void parallelWriters(Trial trial) throws Exception {
        trial.fixture().sink().create();
        Life life = Life.first(trial.fixture().sink().append()).with(PARALLEL);
        List<NumberedRow> rows = new ArrayList<>();
        try (SinkIncarnation sink = SinkIncarnation.start(trial, life)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                sink.begin(epoch);
                List<Callable<Boolean>> tasks = new ArrayList<>();
                for (int partition = 0; partition < sink.writers().size(); partition++) {
                    List<NumberedRow> own =
                            NumberedRow.inserts(trial.seed(), partition, epoch * (long) ROWS, (epoch + 1L) * ROWS);
                    rows.addAll(own);
                    SinkWriter writer = sink.writers().get(sink.writerOf(own.get(0)));
                    tasks.add(call(() -> writer.write(trial.fixture().sink().batch(own))));
                }
                Threads.together(tasks);
                sink.end();
            }
        }
        HistoryChecker.exactlyOnce(rows)
                .verify(trial.fixture().sink().visible(), "static fields, and whatever writers of one sink share");
    }
}
