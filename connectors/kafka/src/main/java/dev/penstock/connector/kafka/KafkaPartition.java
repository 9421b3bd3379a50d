package dev.penstock.connector.kafka;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Reads one partition from what a fetcher has fetched for it. */
final class KafkaPartition implements SourcePartition {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    /** For engines that are told when there is something. */
    private static final Duration PAUSE_IF_TOLD = Duration.ofSeconds(30);
    /** What is durable is heard between polls. */
    private static final Duration PAUSE_IF_COMMITTING = Duration.ofSeconds(1);

    private volatile PartitionName name;
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
        try {
            Poll.Rows rows = rows(maxRows, maxBytes, woken ? Duration.ZERO : maxWait);
            return rows == null ? nothing() : rows;
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
        return nothing();
    }

    private Poll nothing() {
        if (position.isAtEnd()) {
            stopFetching();
            return new Poll.End(position.encode());
        }
        if (ready != null) {
            return new Poll.Idle(position.encode(), commits ? PAUSE_IF_COMMITTING : PAUSE_IF_TOLD);
        }
        Duration now = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return new Poll.Idle(position.encode(), now);
    }

    /** The next rows; null if there are none. Chunks without any only move the position. */
    private Poll.@Nullable Rows rows(int maxRows, long maxBytes, Duration maxWait) throws InterruptedException {
        Duration wait = maxWait;
        while (!position.isAtEnd()) {
            FetchBuffer source = buffer();
            Chunk current = chunk;
            if (current == null) {
                current = source.take(wait);
                if (current == null) {
                    return null;
                }
                chunk = current;
                nextRecord = 0;
                wait = Duration.ZERO;
            }
            Poll.Rows rows = part(current, maxRows, maxBytes);
            if (rows != null) {
                pause = FIRST_PAUSE;
                return rows;
            }
        }
        return null;
    }

    /** The next rows of {@code current}, or null if there are none left before the end; moves the position. */
    private Poll.@Nullable Rows part(Chunk current, int maxRows, long maxBytes) {
        int from = nextRecord;
        int limit = position.isBounded() ? current.sizeBefore(position.stop()) : current.size();
        int to = current.end(from, limit, maxRows, maxBytes);
        nextRecord = to;
        if (to < limit) {
            position = position.at(current.offsets()[to - 1] + 1, current.leaderEpoch());
        } else {
            position =
                    to < current.size() ? position.at(position.stop(), Optional.empty()) : position.at(current.next());
            done(current);
        }
        if (to == from) {
            return null;
        }
        List<BadRow> bad = current.endsBad(to) ? current.bad().stream().toList() : List.of();
        return new Poll.Rows(current.rows(from, to), position.encode(), bad);
    }

    private FetchBuffer buffer() {
        FetchBuffer current = buffer;
        if (current == null) {
            Fetcher thread = fetchers.least();
            current = fetchers.buffer(name, position);
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
