package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.conformance.mutants.SinkMutants.WriterMutant;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Optional;

/** Mutants of the rules about networks that fail. */
public final class FaultMutants {
    private FaultMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("LC-04", Role.SOURCE, SleepsOn.class),
                new Mutant("LC-04", Role.SINK, WritesOn.class),
                new Mutant("SA-05", Role.SINK, WritesTheRestOfAnEpoch.class),
                new Mutant("ER-03", Role.SOURCE, TriesForEver.class),
                new Mutant("ER-03", Role.SINK, TriesForEver.class),
                new Mutant("ER-04", Role.SOURCE, SaysNothing.class),
                new Mutant("ER-04", Role.SINK, SaysNothing.class));
    }

    /** Does not wake up. */
    public static final class SleepsOn extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> from) {
            return new ChangedPartition(reader) {
                @Override
                public void wakeup() {}
            };
        }
    }

    /** Does not wake up. */
    public static final class WritesOn extends WriterMutant {
        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                @Override
                public void wakeup() {}
            };
        }
    }

    /** After a lost connection goes on with the batch at hand on a new one; what it had written before is gone. */
    public static final class WritesTheRestOfAnEpoch extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    return new ReconnectingWriter(sink, slot, restored);
                }
            };
        }
    }

    static final class ReconnectingWriter extends ForwardingWriter {
        final Sink sink;
        final WriterSlot slot;
        final List<ResumeState> restored;
        Optional<SinkWriter> fresh = Optional.empty();
        EpochId epoch = new EpochId("none", 0);
        volatile boolean woken;

        ReconnectingWriter(Sink sink, WriterSlot slot, List<ResumeState> restored) {
            super(sink.writer(slot, restored));
            this.sink = sink;
            this.slot = slot;
            this.restored = restored;
        }

        SinkWriter now() {
            return fresh.orElse(writer);
        }

        @Override
        public void begin(EpochId newEpoch) {
            epoch = newEpoch;
            now().begin(newEpoch);
        }

        @Override
        public WriteResult write(RecordBatch batch) {
            try {
                return now().write(batch);
            } catch (RetryableException e) {
                if (woken) {
                    throw e;
                }
                now().close();
                fresh = Optional.of(sink.writer(slot, restored));
                now().begin(epoch);
                return now().write(batch);
            }
        }

        @Override
        public void flush() {
            now().flush();
        }

        @Override
        public Optional<Prepared> prepare() {
            return now().prepare();
        }

        @Override
        public void wakeup() {
            woken = true;
            now().wakeup();
        }

        @Override
        public void close() {
            now().close();
            writer.close();
        }
    }

    /** The reference connector, with another open in every role. */
    abstract static class OpeningMutant extends ReferenceMutant {
        abstract void opening(Runnable open);

        @Override
        public Source source(Config config) {
            return new ChangedSource(super.source(config)) {
                @Override
                public void open(ConnectorContext context) {
                    opening(() -> source.open(context));
                }
            };
        }

        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public void open(ConnectorContext context) {
                    opening(() -> sink.open(context));
                }
            };
        }
    }

    /** Hopes that credentials that are refused will be right one day. */
    public static final class TriesForEver extends OpeningMutant {
        @Override
        void opening(Runnable open) {
            try {
                open.run();
            } catch (ConfigException e) {
                if (e.problems().stream().noneMatch(problem -> problem.code() == Problem.Code.CREDENTIALS)) {
                    throw e;
                }
                throw new RetryableException(
                        "Cannot log in to memory server: " + e.getMessage() + "; see that the user is right", e);
            }
        }
    }

    /** Has a message, and nothing in it. */
    public static final class SaysNothing extends OpeningMutant {
        @Override
        void opening(Runnable open) {
            try {
                open.run();
            } catch (RetryableException e) {
                throw new RetryableException("I/O error", e);
            }
        }
    }
}
