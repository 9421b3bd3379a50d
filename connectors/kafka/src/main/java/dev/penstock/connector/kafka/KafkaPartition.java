package dev.penstock.connector.kafka;

import dev.penstock.connector.kafka.FetchBuffer.Chunk;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Reads one partition from what a fetcher has fetched for it. */
final class KafkaPartition implements SourcePartition {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    /** For engines that are told when there is something; what is durable is heard in between. */
    private static final Duration PAUSE_IF_TOLD = Duration.ofSeconds(1);

    private volatile PartitionName name;
    private final RecordRows rows;
    private final LostPositions lost;
    private final Fetchers fetchers;
    private final boolean commits;
    private Position position;
    private volatile @Nullable FetchBuffer buffer;
    private @Nullable Fetcher fetcher;
    private @Nullable Chunk chunk;
    private int nextRecord;
    private long committed = -1;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Runnable ready;
    private volatile boolean closed;
    private volatile boolean woken;

    KafkaPartition(PartitionName name, Position from, SourceSettings settings, Parts parts) {
        this.name = name;
        this.position = from;
        this.rows = new RecordRows(name.id(), settings);
        this.fetchers = parts.fetchers();
        this.lost = parts.lost();
        this.commits = settings.group().isPresent();
        if (!from.isAtEnd()) {
            buffer();
        }
    }

    /** What the partitions of one source share. */
    record Parts(Fetchers fetchers, LostPositions lost) {}

    PartitionName name() {
        return name;
    }

    boolean isClosed() {
        return closed;
    }

    /** From another thread: the topic has the id {@code now}, or none. */
    void listed(Uuid now) {
        FetchBuffer source = buffer;
        if (source != null && !now.equals(name.topicId())) {
            source.fail(new OtherTopicException(now));
        }
    }

    /** The topic is another one, or there is none: what was fetched can still be read. */
    private static final class OtherTopicException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Uuid now;

        OtherTopicException(Uuid now) {
            super("the topic is not the one that was read", null, false, false);
            this.now = now;
        }
    }

    @Override
    public void onReady(Runnable listener) {
        ready = listener;
        FetchBuffer source = buffer;
        if (source != null) {
            source.onReady(listener);
        }
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot read partition '" + name.id() + "': it is closed");
        }
        if (position.isAtEnd()) {
            return new Poll.End(position.encode());
        }
        try {
            fill(maxRows, maxBytes, woken ? Duration.ZERO : maxWait);
        } catch (OffsetOutOfRangeException e) {
            restart(lost.instead(name, position, e));
        } catch (OtherTopicException e) {
            name = new PartitionName(name.partition(), e.now);
            restart(lost.insteadOfOtherTopic(name, position));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaFailure.of("read partition '" + name.id() + "'", new InterruptException(e));
        } finally {
            woken = false;
        }
        return answer();
    }

    private Poll answer() {
        if (rows.count() > 0) {
            pause = FIRST_PAUSE;
            return rows.build(position.encode());
        }
        if (position.isAtEnd()) {
            stopFetching();
            return new Poll.End(position.encode());
        }
        if (ready != null) {
            return new Poll.Idle(position.encode(), PAUSE_IF_TOLD);
        }
        Duration now = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return new Poll.Idle(position.encode(), now);
    }

    private void fill(int maxRows, long maxBytes, Duration maxWait) throws InterruptedException {
        FetchBuffer source = buffer();
        Duration wait = maxWait;
        while (rows.count() < maxRows && !position.isAtEnd()) {
            Chunk current = chunk;
            if (current == null) {
                current = next(source, wait);
                if (current == null) {
                    return;
                }
            }
            if (!add(current, maxRows, maxBytes)) {
                return;
            }
            if (rows.count() > 0) {
                wait = Duration.ZERO;
            }
        }
    }

    private FetchBuffer buffer() {
        FetchBuffer current = buffer;
        if (current == null) {
            Fetcher thread = fetchers.least();
            current = fetchers.buffer(name.partition(), position);
            Runnable listener = ready;
            if (listener != null) {
                current.onReady(listener);
            }
            thread.add(current);
            fetcher = thread;
            buffer = current;
        }
        return current;
    }

    private @Nullable Chunk next(FetchBuffer source, Duration maxWait) throws InterruptedException {
        try {
            Chunk next = source.take(rows.count() > 0 ? Duration.ZERO : maxWait);
            chunk = next;
            nextRecord = 0;
            return next;
        } catch (RuntimeException e) {
            if (rows.count() > 0) {
                return null; // what was read comes first, the failure at the next poll
            }
            throw e;
        }
    }

    /** Adds what fits of {@code current}; false if it was not all. */
    private boolean add(Chunk current, int maxRows, long maxBytes) {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = current.records();
        while (nextRecord < records.size()) {
            ConsumerRecord<ByteBuffer, ByteBuffer> record = records.get(nextRecord);
            if (position.isBounded() && record.offset() >= position.stop()) {
                position = position.at(position.stop(), Optional.empty());
                return false;
            }
            boolean full = rows.count() > 0 && rows.bytes() + rows.bytesOf(record) > maxBytes;
            if (full || rows.count() == maxRows) {
                return false;
            }
            rows.add(record);
            position = position.at(record.offset() + 1, record.leaderEpoch());
            nextRecord++;
        }
        position = position.at(current.next());
        done(current);
        return true;
    }

    private void done(Chunk current) {
        chunk = null;
        FetchBuffer source = buffer;
        Fetcher thread = fetcher;
        if (source != null && thread != null) {
            source.release(current);
            thread.drained(source);
        }
    }

    private void restart(Position from) {
        stopFetching();
        position = from;
    }

    private void stopFetching() {
        Fetcher thread = fetcher;
        FetchBuffer source = buffer;
        if (thread != null && source != null) {
            thread.remove(source);
        }
        buffer = null;
        chunk = null;
    }

    @Override
    public void stateDurable(ResumeState state) {
        Position durable = Position.decode(name.id(), state);
        if (commits && durable.offset() > committed && !closed) {
            committed = durable.offset();
            Fetcher thread = fetcher;
            if (thread == null || !thread.isOpen()) {
                thread = fetchers.least();
                fetcher = thread;
            }
            thread.durable(name.partition(), durable.toKafka());
        }
    }

    @Override
    public void wakeup() {
        woken = true;
        FetchBuffer source = buffer;
        if (source != null) {
            source.wakeup();
        }
    }

    @Override
    public void close() {
        closed = true;
        stopFetching();
    }
}
