package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a flow with nothing to do costs: the processor time of its own threads, whatever else the machine does. */
final class IdleTest {
    private static final int PARTITIONS = 100;
    private static final Duration WATCHED = Duration.ofSeconds(5);
    private static final double MOST = 0.02;

    @Test
    void takesNextToNoProcessorTimeWithAHundredIdlePartitions() {
        AtomicLong polls = new AtomicLong();
        Flow flow = Flow.named("idle");
        flow.<String>read("in", () -> new Idle(polls))
                .keyBy("key", item -> item)
                .countFinal("count")
                .to("out", TestSink.exactlyOnce());
        TestRun run = TestEngine.withoutState().workers(3).start(flow);
        run.until(() -> polls.get() >= PARTITIONS);

        long before = processorNanos();
        long start = System.nanoTime();
        run.until(() -> System.nanoTime() - start > WATCHED.toNanos());
        double share = (double) (processorNanos() - before) / (System.nanoTime() - start);
        run.stop();

        assertThat(share)
                .as("processor time of the engine's threads, of one processor")
                .isLessThan(MOST);
    }

    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("penstock-"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getId())))
                .sum();
    }

    /** Partitions that say each second that there is nothing. */
    private record Idle(AtomicLong polls) implements Source {
        private static final ResumeState START = new ResumeState(1, new byte[0]);

        @Override
        public void open(ConnectorContext context) {}

        @Override
        public Schema schema() {
            return ItemSource.COLUMNS;
        }

        @Override
        public Discovery discover(Duration maxWait) {
            return new Discovery(
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(index -> Partition.of("idle-" + index, false))
                            .toList(),
                    true);
        }

        @Override
        public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
            return new SourcePartition() {
                @Override
                public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
                    polls.incrementAndGet();
                    return new Poll.Idle(START, Duration.ofSeconds(1));
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }
}
