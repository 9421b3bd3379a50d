package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingCommitter;
import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.DataException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mutants of the rules about what one incarnation leaves to the next. */
public final class HandoverMutants {
    private HandoverMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("ST-03", Role.SINK, KeepsFilesForTheCommit.class),
                new Mutant("ST-07", Role.SINK, AbortsForeign.class),
                new Mutant("ST-08", Role.SINK, NeverFenced.class));
    }

    /** Leaves something in its own directory that the commit cannot do without. */
    public static final class KeepsFilesForTheCommit extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    return new ForwardingWriter(sink.writer(slot, restored)) {
                        @Override
                        public Optional<Prepared> prepare() {
                            Optional<Prepared> prepared = writer.prepare();
                            prepared.ifPresent(handle -> OtherProcess.add(file(directory, handle), "prepared"));
                            return prepared;
                        }
                    };
                }

                @Override
                public SinkCommitter committer(String sinkId, String runId) {
                    return new ForwardingCommitter(sink.committer(sinkId, runId)) {
                        @Override
                        public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
                            handles.forEach(handle -> requireFile(file(directory, handle)));
                            return committer.commit(epoch, handles);
                        }
                    };
                }
            };
        }

        static Path file(Path directory, Prepared handle) {
            return directory.resolve(
                    "handle-" + handle.epoch().runId() + "-" + handle.epoch().epoch() + "-" + handle.writer());
        }

        static void requireFile(Path file) {
            if (OtherProcess.lines(file).isEmpty()) {
                throw new DataException("Cannot commit: file '" + file + "' is not here; bring it here");
            }
        }
    }

    /** Throws away what others have begun as well. */
    public static final class AbortsForeign extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    sink.writer(new WriterSlot("somebody-else/sink", slot.runId(), 0, 1, -1), List.of())
                            .close();
                    return sink.writer(slot, restored);
                }
            };
        }
    }

    /** Claims as if all incarnations were one. */
    public static final class NeverFenced extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public void open(ConnectorContext context) {
                    sink.open(new ChangedContext(context, 1));
                }
            };
        }
    }
}
