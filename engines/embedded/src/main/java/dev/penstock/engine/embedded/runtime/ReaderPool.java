package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.runtime.PartitionReader.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that read many partitions by turns. A partition is read by one thread at a time. Partitions that are
 * open come first, every eighth turn goes to one that is not, so that neither starves and few are open at once.
 */
final class ReaderPool {
    private static final int TURNS_OF_THE_OPEN = 8;
    /** How many polls in a row one partition gets while it has rows. */
    private static final int POLLS_A_TURN = 4;

    private static final int PARTS_OF_A_PAUSE = 8;
    private static final long LONG_NANOS = 60_000_000_000L;
    private static final Duration WAIT = Duration.ofMillis(200);

    private final ReadSettings settings;
    private final Supplier<Decoder> decoders;
    private final Threads threads;
    private final int maxThreads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<PartitionReader> ready = new ArrayDeque<>();
    private final Deque<PartitionReader> fresh = new ArrayDeque<>();
    private final TreeSet<Delayed> delayed = new TreeSet<>();
    private final Map<PartitionReader, Delayed> pauses = new HashMap<>();
    private final Set<PartitionReader> reading = new HashSet<>();
    private final Set<PartitionReader> open = new HashSet<>();
    private final Set<PartitionReader> said = new HashSet<>();
    private int started;
    private int idleThreads;
    private int turns;
    private long delays;
    private boolean stopped;

    ReaderPool(ReadSettings settings, Supplier<Decoder> decoders, Threads threads, int maxThreads) {
        this.settings = settings;
        this.decoders = decoders;
        this.threads = threads;
        this.maxThreads = maxThreads;
    }

    private record Delayed(long at, long number, PartitionReader reader) implements Comparable<Delayed> {
        @Override
        public int compareTo(Delayed other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    /** Adds partitions to be read from now on. */
    void add(Collection<PartitionReader> readers) {
        readers.forEach(reader -> reader.onReady(() -> ready(reader)));
        lock.lock();
        try {
            fresh.addAll(readers);
            startThreads();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Readers that were set aside have room again. */
    void wake(List<PartitionReader> readers) {
        lock.lock();
        try {
            for (PartitionReader reader : readers) {
                (reader.isOpen() ? ready : fresh).add(reader);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A partition says that it has something: it is asked now, or again if it is being asked. */
    private void ready(PartitionReader reader) {
        lock.lock();
        try {
            Delayed pause = reader.isOpen() ? pauses.remove(reader) : null;
            if (pause != null) {
                delayed.remove(pause);
                ready.add(reader);
                changed.signal();
            } else if (reading.contains(reader)) {
                said.add(reader);
            }
        } finally {
            lock.unlock();
        }
    }

    /** No poll begins any more, and those under way are asked to return. */
    void stop() {
        List<PartitionReader> toWake;
        lock.lock();
        try {
            stopped = true;
            toWake = List.copyOf(reading);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        toWake.forEach(PartitionReader::wakeup);
    }

    /** Frees all readers; only after all threads have ended. */
    void close() {
        try (Closing all = new Closing()) {
            open.forEach(reader -> all.add((AutoCloseable) reader::finish));
        }
        open.clear();
    }

    private void startThreads() {
        int wanted = Math.min(maxThreads, ready.size() + fresh.size() + delayed.size() + reading.size());
        while (started < wanted) {
            started++;
            threads.start("read-" + started, this::work);
        }
    }

    private void work() throws InterruptedException {
        try (Decoder decoder = decoders.get()) {
            for (PartitionReader reader = next(); reader != null; reader = next()) {
                back(reader, take(reader, decoder));
            }
        }
    }

    private Turn take(PartitionReader reader, Decoder decoder) {
        Turn turn = reader.turn(settings, maxWait(), decoder);
        for (int polls = 1; turn instanceof Turn.Again && polls < POLLS_A_TURN && !isStopped(); polls++) {
            turn = reader.turn(settings, Duration.ZERO, decoder);
        }
        return turn;
    }

    /** A poll may only wait if no other partition needs the thread meanwhile. */
    private Duration maxWait() {
        lock.lock();
        try {
            return ready.isEmpty() && fresh.isEmpty() && delayed.isEmpty() ? WAIT : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable PartitionReader next() throws InterruptedException {
        lock.lock();
        try {
            while (!stopped) {
                PartitionReader reader = pick();
                if (reader != null) {
                    reading.add(reader);
                    open.add(reader);
                    return reader;
                }
                idleThreads++;
                changed.awaitNanos(untilNext());
                idleThreads--;
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable PartitionReader pick() {
        long now = System.nanoTime();
        while (!delayed.isEmpty() && delayed.first().at() - now <= 0) {
            PartitionReader reader = delayed.pollFirst().reader();
            pauses.remove(reader);
            ready.add(reader);
        }
        boolean preferFresh = turns++ % TURNS_OF_THE_OPEN == 0;
        Deque<PartitionReader> first = preferFresh ? fresh : ready;
        PartitionReader reader = first.poll();
        return reader != null ? reader : (preferFresh ? ready : fresh).poll();
    }

    private long untilNext() {
        return delayed.isEmpty() ? LONG_NANOS : delayed.first().at() - System.nanoTime();
    }

    /** A little later than asked for, at a time that others with the same pause have too: one wake-up serves many. */
    private static long together(long now, long pause) {
        long grid = Math.max(1, pause / PARTS_OF_A_PAUSE);
        return now + pause + grid - Math.floorMod(now + pause, grid);
    }

    private void delay(PartitionReader reader, Duration pause) {
        Delayed later = new Delayed(together(System.nanoTime(), pause.toNanos()), delays++, reader);
        delayed.add(later);
        pauses.put(reader, later);
    }

    private void back(PartitionReader reader, Turn turn) {
        lock.lock();
        try {
            if (turn instanceof Turn.Aside) {
                return; // its queue may have woken it already, and another thread may have it
            }
            reading.remove(reader);
            boolean isReady = said.remove(reader) && reader.isOpen();
            if (turn instanceof Turn.Again || (isReady && turn instanceof Turn.Later)) {
                ready.add(reader);
            } else if (turn instanceof Turn.Later later) {
                delay(reader, later.pause());
            }
            if (!reader.isOpen()) {
                open.remove(reader);
            }
            if (idleThreads > 0) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
