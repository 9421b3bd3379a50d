package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Mutants of the rules of sinks. */
public final class SinkMutants {
    private SinkMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("SA-03", Role.SINK, DeletesOnce.class),
                new Mutant("SA-04", Role.SINK, DeletesFirst.class),
                new Mutant("SA-06", Role.SINK, CountsRejected.class),
                new Mutant("SA-07", Role.SINK, FlushesInClose.class),
                new Mutant("SA-08", Role.SINK, DropsColumns.class),
                new Mutant("SA-09", Role.SINK, NullsUnchanged.class));
    }

    /** A connector whose writers are changed. */
    abstract static class WriterMutant extends ReferenceMutant {
        abstract SinkWriter change(SinkWriter writer, WriterSlot slot);

        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    return change(sink.writer(slot, restored), slot);
                }
            };
        }
    }

    private static int[] rows(RecordBatch batch, IntPredicate wanted) {
        return IntStream.range(0, batch.rowCount()).filter(wanted).toArray();
    }

    private static boolean isDelete(RecordBatch batch, int row) {
        return batch.operation(row) == Operation.DELETE;
    }

    /** Takes it that a run before has done its deletes, and leaves them out after a restart. */
    public static final class DeletesOnce extends WriterMutant {
        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                @Override
                public WriteResult write(RecordBatch batch) {
                    if (slot.restoredEpoch() < 0) {
                        return writer.write(batch);
                    }
                    int[] kept = rows(batch, row -> !isDelete(batch, row));
                    writer.write(batch.take(kept, kept.length));
                    return WriteResult.accepted(batch.rowCount());
                }
            };
        }
    }

    /** Does the deletes of a batch first, then all the rest. */
    public static final class DeletesFirst extends WriterMutant {
        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                @Override
                public WriteResult write(RecordBatch batch) {
                    int[] deletes = rows(batch, row -> isDelete(batch, row));
                    if (deletes.length == 0) {
                        return writer.write(batch);
                    }
                    int[] others = rows(batch, row -> !isDelete(batch, row));
                    writer.write(batch.take(deletes, deletes.length));
                    writer.write(batch.take(others, others.length));
                    return WriteResult.accepted(batch.rowCount());
                }
            };
        }
    }

    /** Counts rejected rows as accepted too. */
    public static final class CountsRejected extends WriterMutant {
        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                @Override
                public WriteResult write(RecordBatch batch) {
                    return new WriteResult(batch.rowCount(), writer.write(batch).rejected());
                }
            };
        }
    }

    /** Writes null for a value that did not change. */
    public static final class NullsUnchanged extends WriterMutant {
        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                @Override
                public WriteResult write(RecordBatch batch) {
                    List<Column> columns = new ArrayList<>();
                    for (Column column : batch.columns()) {
                        ColumnBuilder builder = ColumnBuilder.of(column.type(), batch.rowCount());
                        for (int row = 0; row < batch.rowCount(); row++) {
                            if (column.isNull(row)) {
                                builder.appendNull();
                            } else {
                                builder.appendAll(column, row, row + 1);
                            }
                        }
                        columns.add(builder.build());
                    }
                    return writer.write(batch.withColumns(batch.schema(), columns));
                }
            };
        }
    }

    /** Makes visible what was written before it closes. */
    public static final class FlushesInClose extends WriterMutant {
        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                private boolean written;

                @Override
                public void begin(EpochId epoch) {
                    written = false;
                    writer.begin(epoch);
                }

                @Override
                public WriteResult write(RecordBatch batch) {
                    WriteResult result = writer.write(batch);
                    written = true;
                    return result;
                }

                @Override
                public Optional<Prepared> prepare() {
                    written = false;
                    return writer.prepare();
                }

                @Override
                public void close() {
                    if (written) {
                        written = false;
                        writer.flush();
                    }
                    writer.close();
                }
            };
        }
    }

    /** Leaves out the columns that came later. */
    public static final class DropsColumns extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            return new ChangedSink(super.sink(config)) {
                private List<String> first = List.of();

                @Override
                public SinkPlan plan(Schema input, WriteMode mode) {
                    first = first.isEmpty() ? input.names() : first;
                    return sink.plan(input.project(kept(input)), mode);
                }

                private int[] kept(Schema schema) {
                    return IntStream.range(0, schema.size())
                            .filter(column ->
                                    first.contains(schema.field(column).name()))
                            .toArray();
                }

                @Override
                public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
                    return new ForwardingWriter(sink.writer(slot, restored)) {
                        @Override
                        public WriteResult write(RecordBatch batch) {
                            return writer.write(batch.project(kept(batch.schema())));
                        }
                    };
                }
            };
        }
    }
}
