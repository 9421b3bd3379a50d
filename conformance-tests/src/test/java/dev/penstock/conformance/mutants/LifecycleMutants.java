package dev.penstock.conformance.mutants;

import dev.penstock.engine.embedded.EngineException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Mutants of the rules of lifecycle. */
public final class LifecycleMutants {
    private LifecycleMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("LC-01", Role.SOURCE, IsEmptyOnceClosed.class),
                new Mutant("LC-02", Role.SOURCE, ClosesOnlyWhatWasOpened.class),
                new Mutant("LC-03", Role.SOURCE, LeavesAThreadWhenOpenFails.class),
                new Mutant("LC-05", Role.SOURCE, RegistersItself.class),
                new Mutant("LC-05", Role.SINK, LeavesAShutdownHook.class),
                new Mutant("LC-06", Role.SOURCE, UsesTheInsidesOfAnEngine.class),
                new Mutant("LC-07", Role.SOURCE, LoadsItsLibraryOnce.class),
                new Mutant("LC-08", Role.SOURCE, LeavesWhatItProvisioned.class));
    }

    /** LC-01: a reader that was closed says that it is at the end. */
    public static final class IsEmptyOnceClosed extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
                    return new Forgiving(super.partition(partition, resumeFrom));
                }
            };
        }

        private static final class Forgiving extends ChangedPartition {
            private boolean closed;

            Forgiving(SourcePartition partition) {
                super(partition);
            }

            @Override
            public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                return closed ? new Poll.End(new ResumeState(1, new byte[0])) : super.poll(maxRows, maxBytes, maxWait);
            }

            @Override
            public void close() {
                closed = true;
                super.close();
            }
        }
    }

    /** LC-02: its close needs what an open that failed did not set. */
    public static final class ClosesOnlyWhatWasOpened extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                private boolean failed;

                @Override
                public void open(ConnectorContext context) {
                    try {
                        super.open(context);
                    } catch (RetryableException e) {
                        failed = true;
                        throw e;
                    }
                }

                @Override
                public void close() {
                    super.close();
                    if (failed) {
                        throw new NullPointerException("connection");
                    }
                }
            };
        }
    }

    /** LC-03: a thread is started before what may fail. */
    public static final class LeavesAThreadWhenOpenFails extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                private final CountDownLatch done = new CountDownLatch(1);

                @Override
                public void open(ConnectorContext context) {
                    Thread thread = new Thread(this::awaitEnd, "left-behind");
                    thread.setDaemon(true);
                    thread.start();
                    super.open(context);
                    done.countDown();
                }

                private void awaitEnd() {
                    try {
                        done.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
        }
    }

    /** LC-05: the JDK keeps what it puts into a registry of the whole process. */
    public static final class RegistersItself extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            System.getProperties().put("mutant." + System.identityHashCode(getClass()), this);
            return source;
        }
    }

    /** LC-05: a hook keeps who made it, although what it does is nothing of the connector's. */
    public static final class LeavesAShutdownHook extends ReferenceMutant {
        @Override
        public Sink sink(Config config) {
            Runtime.getRuntime().addShutdownHook(new Thread("mutant-hook"));
            return super.sink(config);
        }
    }

    /** LC-06: uses a class that is no part of the SPI. */
    public static final class UsesTheInsidesOfAnEngine extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public String toString() {
                    return String.valueOf(new EngineException("source").getMessage());
                }
            };
        }
    }

    /** LC-07: does as the JVM does with a native library that two loaders unpack to the same file. */
    public static final class LoadsItsLibraryOnce extends SourceMutant {
        private static final String OWNER = "mutant.library";

        @Override
        Source change(Source source, Config config) {
            String self = String.valueOf(System.identityHashCode(getClass().getClassLoader()));
            Object owner = System.getProperties().putIfAbsent(OWNER, self);
            if (owner != null && !owner.equals(self)) {
                throw new UnsatisfiedLinkError("Native Library libmutant.so already loaded in another classloader");
            }
            return source;
        }
    }

    /** LC-08: removes nothing of what it made. */
    public static final class LeavesWhatItProvisioned extends SourceMutant {
        @Override
        Source change(Source source, Config config) {
            return new ChangedSource(source) {
                @Override
                public void deprovision() {
                    // Somebody will remove it.
                }
            };
        }
    }
}
