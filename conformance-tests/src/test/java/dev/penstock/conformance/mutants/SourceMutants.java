package dev.penstock.conformance.mutants;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What breaks the rules of partitions, one each; those about what values are stand in {@link SourceRowMutants}. */
public final class SourceMutants {
    private SourceMutants() {}

    /** All of them. */
    public static List<Mutant> all() {
        return List.of(
                new Mutant("SP-01", Role.SOURCE, EndsOnce.class),
                new Mutant("SP-02", Role.SOURCE, ResumesAtTheOnlyRow.class),
                new Mutant("SP-04", Role.SOURCE, GrowsWhileIdle.class),
                new Mutant("SP-05", Role.SOURCE, ResolvesTheLatestAgain.class),
                new Mutant("SP-06", Role.SOURCE, ReleasesInPoll.class),
                new Mutant("SP-07", Role.SOURCE, JumpsToTheEarliest.class),
                new Mutant("SP-08", Role.SOURCE, LooksAtNoVersion.class),
                new Mutant("SP-09", Role.SOURCE, GivesWhatItFetched.class),
                new Mutant("SP-10", Role.SOURCE, ReadsAheadWithoutEnd.class),
                new Mutant("SP-12", Role.SOURCE, KnowsPositionsOnly.class));
    }

    /** Whether a state of the reference source is one of its log: the byte that says that the table is being read. */
    static boolean inTable(ResumeState state) {
        return state.bytes()[Long.BYTES + Integer.BYTES] != 0;
    }

    /** How many rows of a position were given. */
    private static int within(ResumeState state) {
        return ByteBuffer.wrap(state.bytes()).getInt(Long.BYTES);
    }

    private static ResumeState at(ResumeState state, long group, int within) {
        byte[] bytes = state.bytes();
        ByteBuffer.wrap(bytes).putLong(group).putInt(within);
        return new ResumeState(state.version(), bytes);
    }

    private static long group(ResumeState state) {
        return ByteBuffer.wrap(state.bytes()).getLong();
    }

    /** SP-01: End once, then as if more could come. */
    public static final class EndsOnce extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                private boolean ended;

                @Override
                Poll change(Poll poll) {
                    boolean again = ended;
                    ended |= poll instanceof Poll.End;
                    return again && poll instanceof Poll.End end ? new Poll.Idle(end.last(), Duration.ZERO) : poll;
                }
            };
        }
    }

    /** SP-02: the state of a batch of one row is that row, not the one after it. */
    public static final class ResumesAtTheOnlyRow extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                @Override
                Poll change(Poll poll) {
                    return poll instanceof Poll.Rows found && found.rows().rowCount() == 1 && !inTable(found.after())
                            ? new Poll.Rows(
                                    found.rows(),
                                    at(found.after(), group(found.after()), within(found.after()) - 1),
                                    found.bad())
                            : poll;
                }
            };
        }
    }

    /** SP-04: each poll that finds nothing is written down. */
    public static final class GrowsWhileIdle extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                private int idle;

                @Override
                Poll change(Poll poll) {
                    if (poll instanceof Poll.Idle found) {
                        byte[] bytes = found.position().bytes();
                        ResumeState longer = new ResumeState(
                                found.position().version(), Arrays.copyOf(bytes, bytes.length + ++idle));
                        return new Poll.Idle(longer, found.retryAfter());
                    }
                    return poll;
                }
            };
        }
    }

    /** SP-05: before the first row the state says no more than that there was none. */
    public static final class ResolvesTheLatestAgain extends SourceMutant {
        private static final int NOTHING_YET = 99;

        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    return super.partition(partition, resumeFrom.filter(state -> !isNothing(state)));
                }

                @Override
                SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
                    return resumeFrom.isPresent() ? reader : new Beginning(reader);
                }
            };
        }

        private static boolean isNothing(ResumeState state) {
            byte[] bytes = state.bytes();
            return bytes[bytes.length - 1] == NOTHING_YET;
        }

        /** Has given nothing yet. */
        private static final class Beginning extends ChangedPartition {
            private boolean began;

            Beginning(SourcePartition next) {
                super(next);
            }

            @Override
            Poll change(Poll poll) {
                began |= !(poll instanceof Poll.Idle);
                if (!began && poll instanceof Poll.Idle idle) {
                    byte[] bytes = idle.position().bytes();
                    byte[] marked = Arrays.copyOf(bytes, bytes.length + 1);
                    marked[bytes.length] = NOTHING_YET;
                    return new Poll.Idle(new ResumeState(idle.position().version(), marked), idle.retryAfter());
                }
                return poll;
            }
        }
    }

    /** SP-06: what was polled is acknowledged. */
    public static final class ReleasesInPoll extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                @Override
                Poll change(Poll poll) {
                    if (poll instanceof Poll.Rows found) {
                        release(found.after());
                    }
                    return poll;
                }

                private void release(ResumeState state) {
                    try {
                        stateDurable(state);
                    } catch (ConnectorException e) {
                        // "It will do the next time."
                    }
                }
            };
        }
    }

    /** SP-07: a position that is out of range becomes the earliest there is. */
    public static final class JumpsToTheEarliest extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    try {
                        return super.partition(partition, resumeFrom);
                    } catch (ResumeLostException e) {
                        if (e.earliest().contains("removed")) {
                            throw e;
                        }
                        return super.partition(partition, Optional.empty());
                    }
                }
            };
        }
    }

    /** SP-08: the bytes of a state are read as if all releases had written the same. */
    public static final class LooksAtNoVersion extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    return super.partition(partition, resumeFrom.map(state -> new ResumeState(1, state.bytes())));
                }
            };
        }
    }

    /** SP-09: a poll gives what one request fetched, which is more than was asked for. */
    public static final class GivesWhatItFetched extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                @Override
                public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                    return super.poll(2 * maxRows, maxBytes, maxWait);
                }
            };
        }
    }

    /** SP-10: everything there is, is fetched with the first row. */
    public static final class ReadsAheadWithoutEnd extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                private final Deque<Poll> ahead = new ArrayDeque<>();

                @Override
                public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                    if (ahead.isEmpty()) {
                        ahead.add(super.poll(maxRows, maxBytes, maxWait));
                        while (ahead.getLast() instanceof Poll.Rows) {
                            ahead.add(super.poll(maxRows, maxBytes, Duration.ZERO));
                        }
                    }
                    return ahead.remove();
                }
            };
        }
    }

    /** SP-12: a state within a transaction goes on with the next one. */
    public static final class KnowsPositionsOnly extends ReaderMutant {
        @Override
        SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
            return new ChangedPartition(reader) {
                @Override
                Poll change(Poll poll) {
                    return poll instanceof Poll.Rows found && !inTable(found.after()) && within(found.after()) > 1
                            ? new Poll.Rows(found.rows(), at(found.after(), group(found.after()) + 1, 0), found.bad())
                            : poll;
                }
            };
        }
    }
}
