package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows by key between threads. */
final class ExchangeTest {
    private static final Schema SCHEMA = Schema.of(
            Field.required("key", DataType.INT64),
            Field.required("sender", DataType.INT64),
            Field.required("sequence", DataType.INT64));
    private static final int KEYS = 500;
    private static final int EPOCHS = 40;
    private static final int BATCHES_OF_EPOCH = 12;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** What a worker saw. */
    private static final class Seen {
        private final Map<Long, Integer> workerOfKey = new HashMap<>();
        private final List<Long> rowsAtBarrier = new ArrayList<>();
        private long rows;
        private long mostQueued;
    }

    @Test
    void keepsOrderAndBarriersWithManySendersAndWorkersAndLittleRoom()
            throws InterruptedException, ExecutionException, TimeoutException {
        for (int[] shape : new int[][] {{1, 1}, {1, 4}, {4, 1}, {3, 5}}) {
            exchangeAll(shape[0], shape[1]);
        }
    }

    private void exchangeAll(int senders, int workers)
            throws InterruptedException, ExecutionException, TimeoutException {
        Exchange exchange = new Exchange(workers, 2, 2_000);
        List<Exchange.Sender> sending = exchange.connect(0, senders, SCHEMA, List.of("key"));
        List<Future<Seen>> seen = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            AlignedInput input = exchange.inputs().get(worker);
            int index = worker;
            seen.add(threads.submit(() -> receive(input, index)));
        }
        List<Future<Long>> sent = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            int index = sender;
            sent.add(threads.submit((Callable<Long>) () -> send(sending.get(index), index)));
        }
        check(workers, results(seen), results(sent));
    }

    private static <T> List<T> results(List<Future<T>> futures)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    private static void check(int workers, List<Seen> seen, List<Long> sent) {
        long rows = seen.stream().mapToLong(one -> one.rows).sum();
        assertThat(rows).isEqualTo(sent.stream().mapToLong(Long::longValue).sum());
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            int index = epoch - 1;
            long atBarrier =
                    seen.stream().mapToLong(one -> one.rowsAtBarrier.get(index)).sum();
            assertThat(atBarrier)
                    .as("rows before barrier %d with %d workers", epoch, workers)
                    .isEqualTo(rows / EPOCHS * epoch);
        }
        int keys = seen.stream().mapToInt(one -> one.workerOfKey.size()).sum();
        assertThat(keys).as("each key at one worker").isEqualTo(KEYS);
        assertThat(seen).allSatisfy(one -> assertThat(one.mostQueued).isLessThan(sent.size() * 12_000L));
    }

    private static long send(Exchange.Sender sender, int index) throws InterruptedException {
        Random random = new Random(index);
        long sequence = 0;
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            for (int batch = 0; batch < BATCHES_OF_EPOCH; batch++) {
                BatchBuilder rows = new BatchBuilder(SCHEMA);
                for (int row = 0; row < 50; row++) {
                    rows.append((long) random.nextInt(KEYS), (long) index, sequence++);
                }
                sender.rows(rows.build());
                sender.watermark(sequence);
            }
            sender.barrier(epoch);
        }
        sender.end();
        return sequence;
    }

    private static Seen receive(AlignedInput input, int worker) throws InterruptedException {
        Seen seen = new Seen();
        Map<Long, Long> lastOfSender = new HashMap<>();
        while (true) {
            Optional<StageEvent> next = input.next(Duration.ofSeconds(30));
            seen.mostQueued = Math.max(seen.mostQueued, input.queuedBytes());
            StageEvent event = next.orElseThrow(() -> new AssertionError("nothing comes to worker " + worker));
            if (event instanceof StageEvent.Rows rows) {
                take(rows.batch(), worker, seen, lastOfSender);
            } else if (event instanceof StageEvent.Barrier barrier) {
                assertThat(barrier.epoch()).isEqualTo(seen.rowsAtBarrier.size() + 1);
                seen.rowsAtBarrier.add(seen.rows);
            } else if (event instanceof StageEvent.End) {
                return seen;
            }
        }
    }

    private static void take(RecordBatch batch, int worker, Seen seen, Map<Long, Long> lastOfSender) {
        LongColumn keys = (LongColumn) batch.column("key");
        LongColumn senders = (LongColumn) batch.column("sender");
        LongColumn sequences = (LongColumn) batch.column("sequence");
        for (int row = 0; row < batch.rowCount(); row++) {
            seen.workerOfKey.put(keys.get(row), worker);
            Long last = lastOfSender.put(senders.get(row), sequences.get(row));
            assertThat(last == null || last < sequences.get(row)).isTrue();
        }
        seen.rows += batch.rowCount();
    }

    @Test
    void holdsASenderUpWhenAWorkerDoesNotTake() throws InterruptedException, ExecutionException, TimeoutException {
        Exchange exchange = new Exchange(1, 3, 1 << 20);
        Exchange.Sender sender = exchange.connect(0, 1, SCHEMA, List.of("key")).get(0);
        AlignedInput input = exchange.inputs().get(0);
        RecordBatch batch = new BatchBuilder(SCHEMA).append(1L, 1L, 1L).build();
        Future<Integer> sent = threads.submit(() -> {
            for (int i = 0; i < 10; i++) {
                sender.rows(batch);
            }
            sender.end();
            return 10;
        });
        long limit = 3 * batch.sizeInBytes();
        while (input.queuedBytes() < limit) {
            Thread.onSpinWait();
        }
        int taken = 0;
        for (Optional<StageEvent> next = input.next(Duration.ofSeconds(30));
                next.isPresent() && next.get() instanceof StageEvent.Rows;
                next = input.next(Duration.ofSeconds(30))) {
            assertThat(input.queuedBytes()).isLessThanOrEqualTo(limit);
            taken++;
        }
        assertThat(taken).isEqualTo(sent.get(30, TimeUnit.SECONDS));
    }

    @Test
    void letsABatchThatIsLargerThanTheBoundIntoAnEmptyChannel() throws InterruptedException {
        Exchange exchange = new Exchange(1, 3, 1);
        Exchange.Sender sender = exchange.connect(0, 1, SCHEMA, List.of("key")).get(0);
        sender.rows(new BatchBuilder(SCHEMA).append(1L, 1L, 1L).build());
        assertThat(exchange.inputs().get(0).next(Duration.ZERO)).isPresent();
    }
}
