package dev.penstock.engine.embedded.keyed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the packets for one worker wait: a channel for each sender, each bounded in batches and bytes. A full channel
 * holds its sender up, and that is all the back-pressure there is.
 *
 * <p>A batch that is larger than the bound is let into an empty channel. Barriers, watermarks and ends always fit: a
 * sender that waits must not keep its barrier from other workers, or two workers could wait for each other for ever.
 *
 * <p><b>Threads:</b> one thread at a time for each channel, one that takes; {@link #wakeup} and {@link #close} from
 * any.
 */
public final class Inbox {
    private final int maxBatches;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private final List<Channel> channels = new ArrayList<>();
    private int turn;
    private boolean woken;
    private boolean closed;

    /** The packets of one sender. */
    private final class Channel {
        private final Deque<Packet> packets = new ArrayDeque<>();
        private final Condition space = lock.newCondition();
        private int batches;
        private long bytes;

        boolean hasRoom(long more) {
            return batches == 0 || (batches < maxBatches && bytes + more <= maxBytes);
        }

        void add(Packet packet) {
            if (packet instanceof Packet.Watermark && packets.peekLast() instanceof Packet.Watermark) {
                packets.removeLast();
            }
            packets.addLast(packet);
            if (packet instanceof Packet.Rows rows) {
                batches++;
                bytes += rows.sizeInBytes();
            }
        }

        @Nullable Packet poll() {
            Packet packet = packets.pollFirst();
            if (packet instanceof Packet.Rows rows) {
                batches--;
                bytes -= rows.sizeInBytes();
                space.signal();
            }
            return packet;
        }
    }

    /** A packet and the channel it came through. */
    record Arrived(int channel, Packet packet) {}

    /**
     * Without channels.
     *
     * @param maxBatches the most batches that wait in a channel
     * @param maxBytes the most bytes that wait in a channel, one large batch excepted
     */
    public Inbox(int maxBatches, long maxBytes) {
        this.maxBatches = maxBatches;
        this.maxBytes = maxBytes;
    }

    /** Adds a channel and gives its number, from 0; all are added before anything is sent. */
    int addChannel() {
        channels.add(new Channel());
        return channels.size() - 1;
    }

    /** How many channels there are. */
    int channels() {
        return channels.size();
    }

    /**
     * Adds {@code packet} to {@code channel}, waiting while it is full.
     *
     * @throws CancellationException if the inbox is closed, also while waiting
     */
    void send(int channel, Packet packet) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Channel into = channels.get(channel);
            while (!closed && packet instanceof Packet.Rows && !into.hasRoom(packet.sizeInBytes())) {
                into.space.await();
            }
            checkOpen();
            into.add(packet);
            arrival.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next packet, from one channel after the other, waiting for one at most {@code maxWait}.
     *
     * @param blocked channels that nothing may be taken from now
     * @throws CancellationException if the inbox is closed, also while waiting
     */
    Optional<Arrived> take(IntPredicate blocked, Duration maxWait) throws InterruptedException {
        long left = maxWait.toNanos();
        lock.lockInterruptibly();
        try {
            Optional<Arrived> next = next(blocked);
            while (next.isEmpty() && left > 0 && !woken && !closed) {
                left = arrival.awaitNanos(left);
                next = next(blocked);
            }
            woken = false;
            checkOpen();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Arrived> next(IntPredicate blocked) {
        for (int i = 0; i < channels.size(); i++) {
            int channel = (turn + i) % channels.size();
            Packet packet = blocked.test(channel) ? null : channels.get(channel).poll();
            if (packet != null) {
                turn = channel + 1;
                return Optional.of(new Arrived(channel, packet));
            }
        }
        return Optional.empty();
    }

    /** Lets the one that takes return at once, now or the next time it waits. */
    public void wakeup() {
        lock.lock();
        try {
            woken = true;
            arrival.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The bytes that wait in all channels. */
    public long queuedBytes() {
        lock.lock();
        try {
            return channels.stream().mapToLong(channel -> channel.bytes).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting: senders and taker get a {@link CancellationException} from now on. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrival.signalAll();
            channels.forEach(channel -> channel.space.signalAll());
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new CancellationException("Cannot pass rows on: the exchange is closed");
        }
    }
}
