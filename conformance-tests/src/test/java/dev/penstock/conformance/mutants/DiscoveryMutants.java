package dev.penstock.conformance.mutants;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What breaks the rules of discovery, one each. */
public final class DiscoveryMutants {
    private static final String PREFIX = "partition-";

    private DiscoveryMutants() {}

    /** All of them. */
    public static List<Mutant> all() {
        return List.of(
                new Mutant("SD-01", Role.SOURCE, IdsAreNumbersInAList.class),
                new Mutant("SD-02", Role.SOURCE, SixteenBucketsOnly.class),
                new Mutant("SD-03", Role.SOURCE, DiscoveryDisturbsReaders.class),
                new Mutant("SD-04", Role.SOURCE, NewPartitionsStartAsSet.class),
                new Mutant("SD-05", Role.SOURCE, WaitsForWhatIsGone.class),
                new Mutant("SD-06", Role.SOURCE, NothingYetIsNotAll.class));
    }

    /** SD-01: an id is the place in the list, so all move up when one goes away. */
    public static final class IdsAreNumbersInAList extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public Discovery discover(Duration maxWait) {
                    Discovery found = super.discover(maxWait);
                    List<Partition> numbered = new ArrayList<>();
                    for (Partition partition : found.partitions()) {
                        String id = PREFIX + numbered.size();
                        numbered.add(new Partition(id, descriptor(partition), partition.bounded()));
                    }
                    return new Discovery(numbered, found.complete());
                }

                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    return super.partition(original(partition), resumeFrom);
                }
            };
        }

        private static byte[] descriptor(Partition partition) {
            byte[] id = partition.id().getBytes(UTF_8);
            byte[] both = Arrays.copyOf(partition.descriptor(), 1 + id.length);
            System.arraycopy(id, 0, both, 1, id.length);
            return both;
        }

        private static Partition original(Partition partition) {
            byte[] both = partition.descriptor();
            String id = both.length == 1 ? partition.id() : new String(both, 1, both.length - 1, UTF_8);
            return new Partition(id, new byte[] {both[0]}, partition.bounded());
        }
    }

    /** SD-02: what is behind an id is found by its remainder. */
    public static final class SixteenBucketsOnly extends SourceMutant {
        private static final int BUCKETS = 16;

        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    int number = Integer.parseInt(partition.id().substring(PREFIX.length()));
                    return super.partition(
                            new Partition(PREFIX + number % BUCKETS, partition.descriptor(), partition.bounded()),
                            resumeFrom);
                }
            };
        }
    }

    /** SD-03: every sixtieth discovery, what readers have fetched is thrown away. */
    public static final class DiscoveryDisturbsReaders extends SourceMutant {
        private static final int PERIOD = 60;

        @Override
        Source change(Source source, Config config) {
            AtomicInteger discoveries = new AtomicInteger();
            return new ChangedSource(source) {
                @Override
                public Discovery discover(Duration maxWait) {
                    discoveries.incrementAndGet();
                    return super.discover(maxWait);
                }

                @Override
                SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
                    return new ChangedPartition(reader) {
                        private int seen = discoveries.get() / PERIOD;

                        @Override
                        public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                            if (discoveries.get() / PERIOD > seen) {
                                seen = discoveries.get() / PERIOD;
                                super.poll(maxRows, maxBytes, maxWait);
                            }
                            return super.poll(maxRows, maxBytes, maxWait);
                        }
                    };
                }
            };
        }
    }

    /** SD-04: a partition that appears begins at the latest, if the settings say so. */
    public static final class NewPartitionsStartAsSet extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public Discovery discover(Duration maxWait) {
                    Discovery found = super.discover(maxWait);
                    return new Discovery(
                            found.partitions().stream()
                                    .map(partition ->
                                            new Partition(partition.id(), new byte[] {0}, partition.bounded()))
                                    .toList(),
                            found.complete());
                }
            };
        }
    }

    /** SD-05: a partition that is gone is taken for one that has no rows now. */
    public static final class WaitsForWhatIsGone extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    try {
                        SourcePartition reader = super.partition(partition, resumeFrom);
                        return partition.bounded() ? reader : new Waiting(reader);
                    } catch (ResumeLostException e) {
                        if (partition.bounded() || !e.earliest().contains("removed")) {
                            throw e;
                        }
                        return new Idling(resumeFrom.orElseThrow());
                    }
                }
            };
        }

        /** Goes on waiting. */
        private static final class Waiting extends ChangedPartition {
            private ResumeState last = new ResumeState(1, new byte[0]);

            Waiting(SourcePartition next) {
                super(next);
            }

            @Override
            public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                try {
                    return super.poll(maxRows, maxBytes, maxWait);
                } catch (ResumeLostException e) {
                    if (!e.earliest().contains("removed")) {
                        throw e;
                    }
                    return new Poll.Idle(last, maxWait);
                }
            }

            @Override
            Poll change(Poll poll) {
                if (poll instanceof Poll.Rows rows) {
                    last = rows.after();
                }
                return poll instanceof Poll.End end ? new Poll.Idle(end.last(), Duration.ofMillis(10)) : poll;
            }
        }

        /** Waits from the start. */
        private record Idling(ResumeState position) implements SourcePartition {
            @Override
            public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                return new Poll.Idle(position, maxWait);
            }

            @Override
            public void close() {}
        }
    }

    /** SD-06: where there is no partition, one is waited for, also when all is to be read to the end. */
    public static final class NothingYetIsNotAll extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public Discovery discover(Duration maxWait) {
                    Discovery found = super.discover(maxWait);
                    return found.partitions().isEmpty() ? new Discovery(List.of(), false) : found;
                }
            };
        }
    }
}
