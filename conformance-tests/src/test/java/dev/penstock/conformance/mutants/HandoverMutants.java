package dev.penstock.conformance.mutants;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mutants of the rules about what one incarnation leaves to the next. */
public final class HandoverMutants {
    private HandoverMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("ST-03", Role.SINK, KeepsHandlesInFiles.class),
                new Mutant("ST-07", Role.SINK, AbortsForeign.class),
                new Mutant("ST-08", Role.SINK, NeverFenced.class));
    }

    /** Puts what a handle says into a file, and the name of the file into the handle. */
    public static final class KeepsHandlesInFiles extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                private Path directory = Path.of("");

                @Override
                public void open(ConnectorContext context) {
                    directory = context.baseDirectory();
                    sink.open(context);
                }

                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    return new ChangedWriter(sink.writer(slot, restored)) {
                        @Override
                        public Optional<Prepared> prepare() {
                            return writer.prepare().map(handle -> hidden(directory, handle));
                        }
                    };
                }

                @Override
                public SinkCommitter committer(String sinkId, String runId) {
                    return new ChangedCommitter(sink.committer(sinkId, runId)) {
                        @Override
                        public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
                            Map<Prepared, Prepared> found = new LinkedHashMap<>();
                            handles.forEach(handle -> found.put(found(directory, handle), handle));
                            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
                            committer
                                    .commit(epoch, List.copyOf(found.keySet()))
                                    .forEach((handle, outcome) -> outcomes.put(found.get(handle), outcome));
                            return outcomes;
                        }

                        @Override
                        public void abort(List<Prepared> handles) {
                            committer.abort(handles.stream()
                                    .map(handle -> found(directory, handle))
                                    .toList());
                        }
                    };
                }
            };
        }

        private static Prepared hidden(Path directory, Prepared handle) {
            String name =
                    "handle-" + handle.epoch().runId() + "-" + handle.epoch().epoch() + "-" + handle.writer();
            OtherProcess.add(
                    directory.resolve(name),
                    HexFormat.of().formatHex(handle.handle().bytes()));
            return with(handle, name.getBytes(UTF_8));
        }

        private static Prepared found(Path directory, Prepared handle) {
            String name = new String(handle.handle().bytes(), UTF_8);
            List<String> lines = OtherProcess.lines(directory.resolve(name));
            if (lines.isEmpty()) {
                throw new DataException("Cannot commit handle '" + name + "': its file is not here; bring it here");
            }
            return with(handle, HexFormat.of().parseHex(lines.get(lines.size() - 1)));
        }

        private static Prepared with(Prepared handle, byte[] bytes) {
            ResumeState state = new ResumeState(handle.handle().version(), bytes);
            return new Prepared(handle.epoch(), handle.writer(), state, handle.rows(), handle.bytes());
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
