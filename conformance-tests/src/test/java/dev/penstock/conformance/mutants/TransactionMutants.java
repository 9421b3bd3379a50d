package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingCommitter;
import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.conformance.mutants.SinkMutants.WriterMutant;
import dev.penstock.conformance.reference.ChangedMemorySinks;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Mutants of the rules of transactions. */
public final class TransactionMutants {
    private TransactionMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("ST-01", Role.SINK, SpillsInSight.class),
                new Mutant("ST-02", Role.SINK, CommitsOneByOne.class),
                new Mutant("ST-04", Role.SINK, TrustsHistory.class),
                new Mutant("ST-06", Role.SINK, AssumesSuccess.class),
                new Mutant("ST-09", Role.SINK, KeepsLastPrepared.class),
                new Mutant("ST-10", Role.SINK, TakesGoneForCommitted.class),
                new Mutant("ST-11", Role.SINK, MarksWithoutRun.class));
    }

    /** A connector whose committer is changed. */
    abstract static class CommitterMutant extends ReferenceMutant {
        abstract SinkCommitter change(SinkCommitter committer);

        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public SinkCommitter committer(String sinkId, String runId) {
                    return change(sink.committer(sinkId, runId));
                }
            };
        }
    }

    /** Makes room in a buffer that is full by letting everybody see what is in it. */
    public static final class SpillsInSight extends WriterMutant {
        private static final int FULL = 6;

        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                private EpochId epoch = new EpochId("none", 0);
                private int batches;

                @Override
                public void begin(EpochId newEpoch) {
                    epoch = newEpoch;
                    batches = 0;
                    writer.begin(newEpoch);
                }

                @Override
                public WriteResult write(RecordBatch batch) {
                    WriteResult result = writer.write(batch);
                    batches++;
                    if (batches == FULL) {
                        writer.flush();
                        writer.begin(epoch);
                    }
                    return result;
                }
            };
        }
    }

    /** Commits the handles of an epoch one after the other, and takes its time. */
    public static final class CommitsOneByOne extends CommitterMutant {
        private static final Duration PAUSE = Duration.ofMillis(5);

        @Override
        SinkCommitter change(SinkCommitter original) {
            return new ForwardingCommitter(original) {
                @Override
                public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
                    Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
                    for (Prepared handle : handles) {
                        outcomes.putAll(committer.commit(handle.epoch(), List.of(handle)));
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                    return outcomes;
                }
            };
        }
    }

    /** Looks for what is committed in a history that maintenance cuts off. */
    public static final class TrustsHistory extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return ChangedMemorySinks.trustingHistory(config);
        }
    }

    /** Takes a lost reply for a good one. */
    public static final class AssumesSuccess extends CommitterMutant {
        @Override
        SinkCommitter change(SinkCommitter original) {
            return new ForwardingCommitter(original) {
                @Override
                public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
                    try {
                        return committer.commit(epoch, handles);
                    } catch (RetryableException e) {
                        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
                        handles.forEach(handle -> outcomes.put(handle, Outcome.COMMITTED));
                        return outcomes;
                    }
                }
            };
        }
    }

    /** Throws the last prepared epoch away when it prepares the next. */
    public static final class KeepsLastPrepared extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    SinkCommitter aborting = sink.committer(slot.sinkId(), slot.runId());
                    return new ForwardingWriter(sink.writer(slot, restored)) {
                        private Optional<Prepared> last = Optional.empty();

                        @Override
                        public Optional<Prepared> prepare() {
                            Optional<Prepared> prepared = writer.prepare();
                            last.ifPresent(handle -> aborting.abort(List.of(handle)));
                            last = prepared;
                            return prepared;
                        }

                        @Override
                        public void close() {
                            aborting.close();
                            writer.close();
                        }
                    };
                }
            };
        }
    }

    /** Answers for what is not there as if it had been committed. */
    public static final class TakesGoneForCommitted extends CommitterMutant {
        @Override
        SinkCommitter change(SinkCommitter original) {
            return new ForwardingCommitter(original) {
                @Override
                public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
                    Map<Prepared, Outcome> outcomes = new LinkedHashMap<>(committer.commit(epoch, handles));
                    outcomes.replaceAll(
                            (handle, outcome) -> outcome == Outcome.LOST ? Outcome.ALREADY_COMMITTED : outcome);
                    return outcomes;
                }
            };
        }
    }

    /** Marks what is committed by epoch and writer alone. */
    public static final class MarksWithoutRun extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return ChangedMemorySinks.markingWithoutRun(config);
        }
    }
}
