package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.conformance.mutants.SinkMutants.WriterMutant;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Mutants of the rules of threads. */
public final class ThreadMutants {
    private ThreadMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("CC-01", Role.SOURCE, ReadsForFewThreads.class),
                new Mutant("CC-01", Role.SINK, BuffersForFewThreads.class),
                new Mutant("CC-02", Role.SOURCE, SharesAmongReaders.class),
                new Mutant("CC-02", Role.SINK, SharesAmongWriters.class),
                new Mutant("CC-03", Role.SOURCE, DropsWhatWakeupMeets.class),
                new Mutant("CC-03", Role.SINK, TakesWakeupForDone.class));
    }

    /** The threads that called, of which only the first few count. */
    static final class FewThreads {
        static final int FEW = 8;
        final Set<Thread> known = new HashSet<>();

        boolean isKnown() {
            if (known.size() < FEW) {
                known.add(Thread.currentThread());
            }
            return known.contains(Thread.currentThread());
        }
    }

    /** Keeps something for each thread, at most eight of them; the others are given nothing of what they read. */
    public static final class ReadsForFewThreads extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> from) {
            return new ChangedPartition(reader) {
                final FewThreads threads = new FewThreads();

                @Override
                public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                    Poll poll = partition.poll(maxRows, maxBytes, maxWait);
                    return poll instanceof Poll.Rows rows && !threads.isKnown()
                            ? new Poll.Idle(rows.after(), Duration.ZERO)
                            : poll;
                }
            };
        }
    }

    /** Keeps a buffer for each thread, at most eight of them; what others write is in none. */
    public static final class BuffersForFewThreads extends WriterMutant {
        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                final FewThreads threads = new FewThreads();

                @Override
                public WriteResult write(RecordBatch batch) {
                    return threads.isKnown() ? writer.write(batch) : WriteResult.accepted(batch.rowCount());
                }
            };
        }
    }

    /** Has room for two polls at once; what a third reads gets lost on the way. */
    public static final class SharesAmongReaders extends ReaderMutant {
        static final int ROOM = 2;
        static final AtomicInteger POLLING = new AtomicInteger();

        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> from) {
            return new ChangedPartition(reader) {
                @Override
                public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                    boolean fits = POLLING.incrementAndGet() <= ROOM;
                    try {
                        Poll poll = partition.poll(maxRows, maxBytes, maxWait);
                        return poll instanceof Poll.Rows rows && !fits
                                ? new Poll.Idle(rows.after(), Duration.ZERO)
                                : poll;
                    } finally {
                        POLLING.decrementAndGet();
                    }
                }
            };
        }
    }

    /** Has room for twelve writers; what others write gets lost on the way. */
    public static final class SharesAmongWriters extends WriterMutant {
        static final int ROOM = 12;

        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                @Override
                public WriteResult write(RecordBatch batch) {
                    return slot.index() < ROOM ? writer.write(batch) : WriteResult.accepted(batch.rowCount());
                }
            };
        }
    }

    /** Takes what was read while a wakeup came for nothing. */
    public static final class DropsWhatWakeupMeets extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> from) {
            return new ChangedPartition(reader) {
                volatile boolean woken;

                @Override
                public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                    boolean before = woken;
                    woken = false;
                    Poll poll = partition.poll(maxRows, maxBytes, maxWait);
                    return poll instanceof Poll.Rows rows && (woken || before)
                            ? new Poll.Idle(rows.after(), Duration.ZERO)
                            : poll;
                }

                @Override
                public void wakeup() {
                    woken = true;
                    partition.wakeup();
                }
            };
        }
    }

    /** A write that a wakeup has ended was not made, and is counted as if it had been. */
    public static final class TakesWakeupForDone extends WriterMutant {
        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                volatile boolean woken;

                @Override
                public WriteResult write(RecordBatch batch) {
                    return woken ? WriteResult.accepted(batch.rowCount()) : writer.write(batch);
                }

                @Override
                public void wakeup() {
                    woken = true;
                }
            };
        }
    }
}
