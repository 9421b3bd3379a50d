package dev.penstock.conformance.mutants;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.reference.MemoryConnector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What breaks the rules about which rows come, in which order, and what is in them; one each. */
public final class SourceRowMutants {
    private SourceRowMutants() {}

    /** All of them. */
    public static List<Mutant> all() {
        return List.of(
                new Mutant("SP-11", Role.SOURCE, KeepsHalfAReply.class),
                new Mutant("SP-13", Role.SOURCE, LogBeginsBehindTheTable.class),
                new Mutant("SP-14", Role.SOURCE, TimesOfThePlace.class),
                new Mutant("ER-01", Role.SOURCE, LeavesOutBadRows.class));
    }

    /** SP-11: after a connection was lost, what was left of it comes in the wrong place. */
    public static final class KeepsHalfAReply extends ReaderMutant {
        private static final AtomicBoolean LOST = new AtomicBoolean();

        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                @Override
                public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                    try {
                        return super.poll(maxRows, maxBytes, maxWait);
                    } catch (RetryableException e) {
                        LOST.set(true);
                        throw e;
                    }
                }

                @Override
                Poll change(Poll poll) {
                    return poll instanceof Poll.Rows found && resumeFrom.isPresent() && LOST.getAndSet(false)
                            ? new Poll.Rows(reversed(found.rows()), found.after(), found.bad())
                            : poll;
                }
            };
        }

        private static RecordBatch reversed(RecordBatch rows) {
            int count = rows.rowCount();
            return rows.take(
                    IntStream.range(0, count).map(row -> count - 1 - row).toArray(), count);
        }
    }

    /** SP-13: where the log is read from is found out when the table has been read. */
    public static final class LogBeginsBehindTheTable extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            Source latest = new MemoryConnector()
                    .source(with(
                            config,
                            descriptor()
                                    .spec(Role.SOURCE)
                                    .orElseThrow()
                                    .find("start")
                                    .orElseThrow(),
                            "latest"));
            return new ChangedSource(source) {
                @Override
                public void open(ConnectorContext context) {
                    super.open(context);
                    latest.open(context);
                }

                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    return new HandingOver(
                            super.partition(partition, resumeFrom),
                            () -> latest.partition(partition, Optional.empty()));
                }

                @Override
                public void close() {
                    latest.close();
                    super.close();
                }
            };
        }

        private static <T> Config with(Config config, ConfigKey<T> key, String written) {
            return config.with(key, key.type().parse(written));
        }

        /** Reads the table, then has the log opened. */
        private static final class HandingOver extends ChangedPartition {
            private final Supplier<SourcePartition> log;
            private @Nullable SourcePartition opened;
            private boolean inTable;

            HandingOver(SourcePartition table, Supplier<SourcePartition> log) {
                super(table);
                this.log = log;
            }

            @Override
            public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                if (opened != null) {
                    return opened.poll(maxRows, maxBytes, maxWait);
                }
                Poll poll = super.poll(maxRows, maxBytes, maxWait);
                if (poll instanceof Poll.Rows found && SourceMutants.inTable(found.after())) {
                    inTable = true;
                } else if (inTable) {
                    opened = requireNonNull(log.get());
                    return opened.poll(maxRows, maxBytes, maxWait);
                }
                return poll;
            }

            @Override
            public void close() {
                super.close();
                if (opened != null) {
                    opened.close();
                }
            }
        }
    }

    /** SP-14: points in time go through the time zone of the process. */
    public static final class TimesOfThePlace extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                @Override
                Poll change(Poll poll) {
                    return poll instanceof Poll.Rows found
                                    && found.rows().schema().fields().stream()
                                            .anyMatch(field -> field.type() instanceof DataType.Timestamp)
                            ? new Poll.Rows(shifted(found.rows()), found.after(), found.bad())
                            : poll;
                }
            };
        }

        private static RecordBatch shifted(RecordBatch rows) {
            BatchBuilder builder = new BatchBuilder(rows.schema());
            for (Row row : rows.toRows()) {
                @Nullable Object[] values = row.values().stream()
                        .map(value -> value instanceof Instant instant
                                ? instant.plusMillis(TimeZone.getDefault().getRawOffset())
                                : value)
                        .toArray();
                builder.append(Row.of(rows.schema(), values).with(row.operation()));
            }
            return builder.build();
        }
    }

    /** ER-01: what is not a row is passed over without a word. */
    public static final class LeavesOutBadRows extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                @Override
                Poll change(Poll poll) {
                    return poll instanceof Poll.Rows found ? new Poll.Rows(found.rows(), found.after()) : poll;
                }
            };
        }
    }
}
