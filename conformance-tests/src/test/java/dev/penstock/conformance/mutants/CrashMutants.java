package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingCommitter;
import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.RecordBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mutants of the rules about processes that are killed. */
public final class CrashMutants {
    private CrashMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("SP-03", Role.SOURCE, TrustsItsOwnNotes.class),
                new Mutant("SA-01", Role.SINK, CommitsLater.class),
                new Mutant("SA-02", Role.SINK, NotesBeforeFlush.class),
                new Mutant("ST-05", Role.SINK, CommitsAgain.class),
                new Mutant("ST-12", Role.SINK, KnowsItsOwnIndexOnly.class));
    }

    /** Writes down how far it has read, and believes that rather than the state that it is given. */
    public static final class TrustsItsOwnNotes extends ReferenceMutant {
        @Override
        public Source source(Config config) {
            return new ChangedSource(super.source(config)) {
                Path directory = Path.of("");

                @Override
                public void open(ConnectorContext context) {
                    directory = context.baseDirectory();
                    source.open(context);
                }

                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    Path notes = directory.resolve("notes-" + partition.id());
                    List<String> lines = OtherProcess.lines(notes);
                    Optional<ResumeState> from = lines.isEmpty()
                            ? resumeFrom
                            : Optional.of(new ResumeState(1, HexFormat.of().parseHex(lines.get(lines.size() - 1))));
                    return noting(source.partition(partition, from), notes);
                }
            };
        }

        static SourcePartition noting(SourcePartition reader, Path notes) {
            return new ChangedPartition(reader) {
                @Override
                public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                    Poll poll = partition.poll(maxRows, maxBytes, maxWait);
                    if (OtherProcess.isThis() && poll instanceof Poll.Rows rows) {
                        OtherProcess.add(
                                notes, HexFormat.of().formatHex(rows.after().bytes()));
                    }
                    return poll;
                }
            };
        }
    }

    /** Answers for a commit that it has put off; the next life makes up for it. */
    public static final class CommitsLater extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                Path notes() {
                    return directory.resolve("put-off");
                }

                @Override
                public SinkCommitter committer(String sinkId, String runId) {
                    return new ForwardingCommitter(sink.committer(sinkId, runId)) {
                        @Override
                        public void claim() {
                            committer.claim();
                            for (String line : OtherProcess.lines(notes())) {
                                Prepared handle = parse(line);
                                committer.commit(handle.epoch(), List.of(handle));
                            }
                        }

                        @Override
                        public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
                            if (!OtherProcess.isThis()) {
                                return committer.commit(epoch, handles);
                            }
                            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
                            for (Prepared handle : handles) {
                                OtherProcess.add(notes(), text(handle));
                                outcomes.put(handle, Outcome.COMMITTED);
                            }
                            return outcomes;
                        }
                    };
                }
            };
        }

        static String text(Prepared handle) {
            return handle.epoch().runId() + " " + handle.epoch().epoch() + " " + handle.writer() + " "
                    + HexFormat.of().formatHex(handle.handle().bytes());
        }

        static Prepared parse(String line) {
            String[] parts = line.split(" ", -1);
            ResumeState state = new ResumeState(1, HexFormat.of().parseHex(parts[3]));
            EpochId epoch = new EpochId(parts[0], Long.parseLong(parts[1]));
            return new Prepared(epoch, Integer.parseInt(parts[2]), state, 1, 1);
        }
    }

    /** Not transactional; notes what it has taken before it is flushed, and leaves out what is noted. */
    public static final class NotesBeforeFlush extends ReferenceMutant {
        @Override
        public ConnectorDescriptor descriptor() {
            return Plain.of(super.descriptor());
        }

        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                final Map<Integer, Long> taken = new HashMap<>();
                Path notes = Path.of("");

                @Override
                public void open(ConnectorContext context) {
                    notes = context.baseDirectory().resolve("taken");
                    for (String line : OtherProcess.lines(notes)) {
                        String[] parts = line.split(" ", -1);
                        taken.merge(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Math::max);
                    }
                    sink.open(context);
                }

                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    return new ForwardingWriter(sink.writer(slot, restored)) {
                        @Override
                        public WriteResult write(RecordBatch batch) {
                            if (!taken.isEmpty()) {
                                writer.write(NumberedRow.batch(fresh(batch)));
                                return WriteResult.accepted(batch.rowCount());
                            }
                            WriteResult result = writer.write(batch);
                            if (OtherProcess.isThis()) {
                                fresh(batch)
                                        .forEach(
                                                row -> OtherProcess.add(notes, row.partition() + " " + row.sequence()));
                            }
                            return result;
                        }
                    };
                }

                List<NumberedRow> fresh(RecordBatch batch) {
                    return NumberedRow.listOf(batch).stream()
                            .filter(row -> row.sequence() > taken.getOrDefault(row.partition(), -1L))
                            .toList();
                }

                @Override
                public SinkCommitter committer(String sinkId, String runId) {
                    throw new UnsupportedOperationException("Cannot commit: the sink is not transactional");
                }
            };
        }
    }

    /** Not what it could be. */
    static final class Plain {
        static ConnectorDescriptor of(ConnectorDescriptor descriptor) {
            return ChangedDescriptor.without(
                    ChangedDescriptor.without(
                            ChangedDescriptor.without(descriptor, Capability.TRANSACTIONAL), Capability.FENCING),
                    Capability.ATOMIC_ACROSS_WRITERS);
        }
    }

    /** Writes the first row of a commit once more if it was prepared by a process that is gone. */
    public static final class CommitsAgain extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    SinkWriter writer = sink.writer(slot, restored);
                    return OtherProcess.isThis() ? new NotingWriter(writer, directory) : writer;
                }

                @Override
                public SinkCommitter committer(String sinkId, String runId) {
                    return new ForwardingCommitter(sink.committer(sinkId, runId)) {
                        @Override
                        public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
                            Map<Prepared, Outcome> outcomes = committer.commit(epoch, handles);
                            outcomes.forEach((handle, outcome) -> {
                                if (outcome == Outcome.ALREADY_COMMITTED) {
                                    OtherProcess.lines(NotingWriter.notes(directory, handle))
                                            .forEach(line -> again(sink, committer, line));
                                }
                            });
                            return outcomes;
                        }
                    };
                }
            };
        }

        static void again(Sink sink, SinkCommitter committer, String line) {
            String[] parts = line.split(" ", -1);
            NumberedRow row =
                    NumberedRow.insert(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
            EpochId epoch = new EpochId("again-" + System.nanoTime(), 1);
            try (SinkWriter writer = sink.writer(new WriterSlot("again/sink", epoch.runId(), 0, 1, 1), List.of())) {
                writer.begin(epoch);
                writer.write(NumberedRow.batch(List.of(row)));
                committer.commit(epoch, writer.prepare().stream().toList());
            }
        }
    }

    /** Writer i aborts the strays of index i, and forgets those of indexes that nobody has any more. */
    public static final class KnowsItsOwnIndexOnly extends ReferenceMutant {
        static final int MANY = 1_000;

        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    return sink.writer(
                            new WriterSlot(slot.sinkId(), slot.runId(), slot.index(), MANY, slot.restoredEpoch()),
                            restored);
                }
            };
        }
    }
}
