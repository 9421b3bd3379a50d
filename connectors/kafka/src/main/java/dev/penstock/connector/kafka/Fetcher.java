package dev.penstock.connector.kafka;

import dev.penstock.spi.ConnectorException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One consumer and its thread, which fetch for many readers ahead of their need. A partition is paused while too much
 * of it is waiting to be read, so that memory is bounded and the others go on.
 *
 * <p>Only the thread touches the consumer; everybody else leaves a note and wakes it.
 */
final class Fetcher implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofMillis(500);
    /** Readers come by the hundred, and each assignment costs something for each of them. */
    private static final long QUIET_NANOS = 1_000_000;

    private static final long LONGEST_QUIET_NANOS = 20 * QUIET_NANOS;

    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final RecordRows rows;
    private final PrefetchBudget budget;
    private final GroupOffsets group;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TopicPartition, FetchBuffer> wanted = new HashMap<>();
    private final Map<TopicPartition, FetchBuffer> fetched = new HashMap<>();
    private boolean dirty;
    private volatile boolean closed;
    private volatile boolean polling;
    private volatile boolean noted;

    Fetcher(Consumer<ByteBuffer, ByteBuffer> consumer, RecordRows rows, PrefetchBudget budget, String name) {
        this.consumer = consumer;
        this.rows = rows;
        this.budget = budget;
        this.group = new GroupOffsets(consumer);
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether it can take partitions: once it has failed or was closed it cannot. */
    boolean isOpen() {
        return !closed;
    }

    /** The number of partitions that are fetched. */
    int size() {
        lock.lock();
        try {
            return wanted.size();
        } finally {
            lock.unlock();
        }
    }

    /** Fetches into {@code buffer} from now on, and into no other one of its partition. */
    void add(FetchBuffer buffer) {
        lock.lock();
        try {
            wanted.put(buffer.partition(), buffer);
            dirty = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        note();
    }

    /** Fetches no more into {@code buffer}. */
    void remove(FetchBuffer buffer) {
        lock.lock();
        try {
            dirty |= wanted.remove(buffer.partition(), buffer);
        } finally {
            lock.unlock();
        }
        buffer.clear();
        note();
    }

    /** A reader has made room in {@code buffer}. */
    void drained(FetchBuffer buffer) {
        if (budget.isPaused(buffer) && budget.mayResume(buffer)) {
            note();
        }
    }

    /** Everything before {@code next} is durable. */
    void durable(TopicPartition partition, OffsetAndMetadata next) {
        if (group.add(partition, next)) {
            note();
        }
    }

    private void note() {
        noted = true;
        if (polling) {
            consumer.wakeup();
            return;
        }
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closed) {
                step();
            }
            group.finish();
        } catch (RuntimeException e) {
            failAll(e);
        } finally {
            consumer.close(CloseOptions.timeout(GRACE));
        }
    }

    private void step() {
        noted = false;
        assign();
        budget.update(consumer, fetched);
        group.commit();
        if (fetched.isEmpty()) {
            awaitWork();
            return;
        }
        try {
            polling = true;
            deliver(consumer.poll(noted || closed ? Duration.ZERO : POLL));
        } catch (WakeupException e) {
            // Somebody has left a note.
        } catch (OffsetOutOfRangeException e) {
            lost(e);
        } finally {
            polling = false;
        }
    }

    private void awaitWork() {
        lock.lock();
        try {
            while (!dirty && !closed && !noted) {
                changed.await();
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void assign() {
        List<FetchBuffer> fresh = new ArrayList<>();
        lock.lock();
        try {
            if (!dirty) {
                return;
            }
            awaitQuiet();
            dirty = false;
            wanted.values().stream()
                    .filter(buffer -> fetched.get(buffer.partition()) != buffer)
                    .forEach(fresh::add);
            fetched.clear();
            fetched.putAll(wanted);
        } finally {
            lock.unlock();
        }
        consumer.assign(fetched.keySet());
        fresh.forEach(buffer -> consumer.seek(buffer.partition(), buffer.from().toKafka()));
    }

    /** Waits until no more readers come, for a moment. */
    private void awaitQuiet() {
        long end = System.nanoTime() + LONGEST_QUIET_NANOS;
        int before = 0;
        try {
            while (wanted.size() > before && !closed && System.nanoTime() - end < 0) {
                before = wanted.size();
                long left = QUIET_NANOS;
                while (left > 0 && !closed) {
                    left = changed.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void deliver(ConsumerRecords<ByteBuffer, ByteBuffer> records) {
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next :
                records.nextOffsets().entrySet()) {
            FetchBuffer buffer = fetched.get(next.getKey());
            if (buffer != null) {
                rows.split(buffer.id(), records.records(next.getKey()), next.getValue(), buffer::put);
                budget.filled(buffer);
            }
        }
    }

    /** Some partitions do not have what is asked for; the others go on. */
    private void lost(OffsetOutOfRangeException cause) {
        lock.lock();
        try {
            for (TopicPartition partition : cause.partitions()) {
                FetchBuffer buffer = fetched.get(partition);
                if (buffer != null) {
                    buffer.fail(cause);
                    wanted.remove(partition, buffer);
                    dirty = true;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void failAll(RuntimeException cause) {
        ConnectorException failure = KafkaFailure.ofBelieved("fetch records", cause);
        lock.lock();
        try {
            closed = true;
            wanted.values().forEach(buffer -> buffer.fail(failure));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread and frees the consumer. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        note();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(2 * GRACE.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
